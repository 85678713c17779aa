import { describe, expect, test } from 'vitest'
import { ageOf, cachingHeaders, hasAge, secondsLeft, servableUntil, withAge } from './entry.ts'

/** An instant by our clock, and the same by the database's, which is an hour ahead. */
const AT = Date.parse('2026-11-24T12:00:00Z')
const AHEAD = AT + 3_600_000
const NEVER = Number.POSITIVE_INFINITY

describe('an answer may be served', () => {
  test.each([
    { what: 'which shows nothing that ends', ends: NEVER, seconds: 15, served: 15_000 },
    { what: 'where less is set', ends: NEVER, seconds: 5, served: 5_000 },
    { what: 'which shows something with an hour left', ends: 3_600_000, seconds: 15, served: 15_000 },
    { what: 'with 16 seconds left', ends: 16_000, seconds: 15, served: 15_000 },
    { what: 'with 15.9 seconds left', ends: 15_900, seconds: 15, served: 14_900 },
    { what: 'with 2 seconds left', ends: 2_000, seconds: 15, served: 1_000 },
    { what: 'with half a second left', ends: 500, seconds: 15, served: -500 },
  ])('$what: $served ms', ({ ends, seconds, served }) => {
    expect(servableUntil({ readAt: AT, now: AHEAD, earliestEnd: AHEAD + ends }, seconds) - AT).toBe(served)
  })

  test('not at all where it shows something that ends, and nobody asked the database for the time', () => {
    expect(servableUntil({ readAt: AT, now: undefined, earliestEnd: AT + 3_600_000 }, 15)).toBe(AT)
    expect(servableUntil({ readAt: AT, now: undefined, earliestEnd: NEVER }, 15)).toBe(AT + 15_000)
  })
})

describe('an entry read at noon that may be served for 15 seconds', () => {
  const entry = { readAt: AT, until: AT + 15_000 }

  test.each([
    [0, 15],
    [1, 14],
    [999, 14],
    [1_000, 14],
    [13_999, 1],
    [14_000, 1],
    [14_001, 0],
    [15_000, 0],
    [86_400_000, 0],
    // The clock was set back: nothing is known of how old it is.
    [-1, 0],
    [-60_000, 0],
  ])('%i ms later %i seconds are left', (later, left) => {
    expect(secondsLeft(entry, AT + later)).toBe(left)
  })

  test.each([
    [0, 0],
    [1, 1],
    [1_000, 1],
    [1_001, 2],
    [13_500, 14],
  ])('%i ms later it is %i seconds old', (later, age) => {
    expect(ageOf(entry, AT + later)).toBe(age)
  })

  test('age and what is left never say more than there is', () => {
    for (let later = 0; later <= 15_000; later += 7) {
      expect(ageOf(entry, AT + later) + secondsLeft(entry, AT + later)).toBeLessThanOrEqual(15)
    }
  })
})

test('other caches hold it no longer, and a browser never stores a page', () => {
  expect(cachingHeaders(true, 7)).toEqual({ 'cache-control': 'no-store', 'cdn-cache-control': 'max-age=7' })
  expect(cachingHeaders(false, 7)).toEqual({ 'cache-control': 'public, max-age=0, s-maxage=7' })
  for (const isPage of [true, false]) expect(cachingHeaders(isPage, 0)).toEqual({ 'cache-control': 'no-store' })
})

describe('the age of a page', () => {
  const page = (age: number, text = '') => `<!doctype html><html lang="en" style="--age:${age}"><p>${text}</p></html>`

  test('is replaced where the page begins, and nowhere else', () => {
    const text = page(0).replaceAll('<', '&lt;')
    expect(withAge(page(0, text), 7)).toBe(page(7, text))
  })

  test.each([page(1), page(0).slice(1), ` ${page(0)}`, '<html lang="en" style="--age:0">', '', '{}'])(
    '%s has none',
    (html) => {
      expect(hasAge(html)).toBe(false)
    },
  )
})

import { describe, expect, test } from 'vitest'
import { ageOf, cachingHeaders, hasAge, secondsLeft, servableUntil, withAge } from './cache-entry.ts'

/** One instant by the Worker's clock, and by the database's, which is an hour ahead. */
const AT = Date.parse('2026-11-24T12:00:00Z')
const AHEAD = AT + 3_600_000
const NEVER = Number.POSITIVE_INFINITY

describe('servableUntil: a response may be served', () => {
  test.each([
    { what: 'without activities', ends: NEVER, seconds: 15, served: 15_000 },
    { what: 'with a shorter setting', ends: NEVER, seconds: 5, served: 5_000 },
    { what: 'with an activity that expires in an hour', ends: 3_600_000, seconds: 15, served: 15_000 },
    { what: 'with an activity that expires in 16 s', ends: 16_000, seconds: 15, served: 15_000 },
    { what: 'with an activity that expires in 15.9 s', ends: 15_900, seconds: 15, served: 14_900 },
    { what: 'with an activity that expires in 2 s', ends: 2_000, seconds: 15, served: 1_000 },
    { what: 'with an activity that expires in 0.5 s', ends: 500, seconds: 15, served: -500 },
  ])('$what for $served ms', ({ ends, seconds, served }) => {
    expect(servableUntil({ readAt: AT, now: AHEAD, earliestExpiry: AHEAD + ends }, seconds) - AT).toBe(served)
  })

  test('not at all with an activity but without the database’s clock', () => {
    expect(servableUntil({ readAt: AT, now: undefined, earliestExpiry: AT + 3_600_000 }, 15)).toBe(AT)
    expect(servableUntil({ readAt: AT, now: undefined, earliestExpiry: NEVER }, 15)).toBe(AT + 15_000)
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
    // The clock was set back, so the age is unknown.
    [-1, 0],
    [-60_000, 0],
  ])('has after %i ms %i s left', (later, left) => {
    expect(secondsLeft(entry, AT + later)).toBe(left)
  })

  test.each([
    [0, 0],
    [1, 1],
    [1_000, 1],
    [1_001, 2],
    [13_500, 14],
  ])('is after %i ms %i s old', (later, age) => {
    expect(ageOf(entry, AT + later)).toBe(age)
  })

  test('never has age and remaining seconds of more than 15 s together', () => {
    for (let later = 0; later <= 15_000; later += 7) {
      expect(ageOf(entry, AT + later) + secondsLeft(entry, AT + later)).toBeLessThanOrEqual(15)
    }
  })
})

test('cachingHeaders limit shared caches, and forbid browsers to store pages', () => {
  expect(cachingHeaders(true, 7)).toEqual({ 'cache-control': 'no-store', 'cdn-cache-control': 'max-age=7' })
  expect(cachingHeaders(false, 7)).toEqual({ 'cache-control': 'public, max-age=0, s-maxage=7' })
  for (const isPage of [true, false]) expect(cachingHeaders(isPage, 0)).toEqual({ 'cache-control': 'no-store' })
})

describe('the age of a page', () => {
  const page = (age: number, text = '') => `<!doctype html><html lang="en" style="--age:${age}"><p>${text}</p></html>`

  test('is replaced only at the start of the page', () => {
    const text = page(0).replaceAll('<', '&lt;')
    expect(withAge(page(0, text), 7)).toBe(page(7, text))
  })

  test.each([page(1), page(0).slice(1), ` ${page(0)}`, '<html lang="en" style="--age:0">', '', '{}'])(
    'is missing in %s',
    (html) => {
      expect(hasAge(html)).toBe(false)
    },
  )
})

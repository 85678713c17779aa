import { beforeEach, describe, expect, test } from 'vitest'
import type { Entry } from './cache-entry.ts'
import { CAPACITY, findReady, markPurges, purgeReady, storeReady } from './isolate-cache.ts'

const AT = Date.parse('2026-11-24T12:00:00Z')

/** A URL that no other test uses. */
let url = ''
beforeEach(() => {
  url = `https://cruddur.example/search?term=${crypto.randomUUID()}`
})

const page = (changes: Partial<Entry> = {}): Entry => ({
  body: '<!doctype html><html lang="en" style="--age:0"><p>x</p></html>',
  headers: { 'content-type': 'text/html; charset=utf-8' },
  readAt: AT,
  until: AT + 15_000,
  ...changes,
})

const store = (entry: Entry, now = AT, storedUrl = url, mark = markPurges()) =>
  storeReady(storedUrl, { entry, headers: new Headers({ 'x-frame-options': 'DENY' }), route: '/search' }, mark, now)

/** Returns the served page's age and its max age for shared caches; null if nothing is served. */
function served(now: number) {
  const ready = findReady(url, now)
  if (!ready) return null
  const [, age] = /--age:(\d+)/.exec(new TextDecoder().decode(ready.bytes)) ?? []
  return [Number(age), ready.headers.get('cdn-cache-control')]
}

test('returns a stored response with all its headers', () => {
  store(page())
  expect(findReady(url, AT)?.headers.get('x-frame-options')).toBe('DENY')
  expect(findReady(url, AT)?.route).toBe('/search')
  expect(findReady(`${url}x`, AT)).toBeUndefined()
})

describe('an entry expires', () => {
  test('a second after it was stored', () => {
    store(page())
    expect(served(AT + 999)).not.toBeNull()
    expect(served(AT + 1_000)).toBeNull()
    expect(served(AT)).toBeNull()
  })

  test('with its edge cache entry, if that is sooner', () => {
    store(page({ until: AT + 1_400 }))
    expect(served(AT + 400)).toEqual([1, 'max-age=1'])
    expect(served(AT + 401)).toBeNull()
    store(page({ until: AT + 999 }))
    expect(served(AT)).toBeNull()
  })

  test('when the clock is set back', () => {
    store(page())
    expect(served(AT - 1)).toBeNull()
  })

  test('when it is purged', () => {
    store(page())
    purgeReady(url)
    expect(served(AT)).toBeNull()
  })
})

test('does not store a response that was read before a purge of any URL', () => {
  const mark = markPurges()
  purgeReady('https://cruddur.example/')
  store(page(), AT, url, mark)
  expect(served(AT)).toBeNull()
})

test('updates age and max age as time passes', () => {
  store(page(), AT + 6_700)
  expect(served(AT + 6_700)).toEqual([7, 'max-age=8'])
  expect(served(AT + 7_000)).toEqual([7, 'max-age=8'])
  expect(served(AT + 7_001)).toEqual([8, 'max-age=7'])
  expect(served(AT + 7_699)).toEqual([8, 'max-age=7'])
})

test('never understates the age or overstates the max age', () => {
  store(page({ until: AT + 3_300 }), AT + 700)
  for (let later = 700; later < 1_700; later += 7) {
    const [age, left] = served(AT + later) ?? []
    expect(age).toBeGreaterThanOrEqual(later / 1_000)
    expect(later + Number(String(left).slice(8)) * 1_000).toBeLessThanOrEqual(3_300)
  }
})

test('evicts the least recently used entries over the capacity', () => {
  const body = 'x'.repeat(CAPACITY / 32)
  const urls = Array.from({ length: 20 }, (_, index) => `${url}&cursor=${index}`)
  const [first = '', second = ''] = urls
  for (const each of urls) {
    store(page({ body, headers: {} }), AT, each)
    findReady(first, AT)
  }
  expect(findReady(first, AT)).toBeDefined()
  expect(findReady(second, AT)).toBeUndefined()
  expect(urls.filter((each) => findReady(each, AT)).length).toBeLessThanOrEqual(10)
})

test('does not store a response larger than a quarter of the capacity', () => {
  store(page({ body: 'x'.repeat(CAPACITY / 8), headers: {} }))
  expect(findReady(url, AT)).toBeUndefined()
})

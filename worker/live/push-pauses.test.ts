import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { isPaused, pauseAfter } from './push-pauses.ts'

const START = Date.parse('2026-11-30T12:00:00Z')
beforeEach(() => {
  vi.useFakeTimers({ now: START })
})
afterEach(() => {
  vi.useRealTimers()
})

/** A push service with two browsers that no other test uses. */
function makeService() {
  const origin = `https://${crypto.randomUUID()}.example`
  const [anna, ben] = [`${origin}/anna`, `${origin}/ben`]
  const answers = (status: number, retryAfter?: string) =>
    pauseAfter(anna, new Response(null, { status, headers: retryAfter ? { 'retry-after': retryAfter } : {} }))
  const pausedAfter = (seconds: number) => {
    vi.setSystemTime(START + seconds * 1_000)
    return [isPaused(anna), isPaused(ben)]
  }
  return { answers, pausedAfter }
}

test.each<[status: number, retryAfter: string | undefined, seconds: number]>([
  [429, '120', 120],
  [429, 'Mon, 30 Nov 2026 12:02:00 GMT', 120],
  [429, undefined, 60],
  [429, 'soon', 60],
  [429, '864000', 3_600],
])('%i with Retry-After %s pauses its browser alone, for %i s', (status, retryAfter, seconds) => {
  const { answers, pausedAfter } = makeService()
  answers(status, retryAfter)
  expect(pausedAfter(seconds - 1)).toEqual([true, false])
  expect(pausedAfter(seconds)).toEqual([false, false])
})

test('503 with Retry-After pauses all browsers of the push service', () => {
  const { answers, pausedAfter } = makeService()
  answers(503, '30')
  expect(pausedAfter(29)).toEqual([true, true])
  expect(pausedAfter(30)).toEqual([false, false])
})

test.each<[status: number, retryAfter?: string]>([[503], [201, '60'], [404, '60'], [429, '0']])(
  '%i with Retry-After %s pauses nothing',
  (status, retryAfter) => {
    const { answers, pausedAfter } = makeService()
    answers(status, retryAfter)
    expect(pausedAfter(0)).toEqual([false, false])
  },
)

import { expect, it } from 'vitest'
import { watchExpiries } from './expiry-announcer.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE

const expiring = (uuid: string, expiresAtMs: number) => ({ uuid, expiresAtMs, name: `${uuid}’s crud` })

/** Checks once a second between two times (ms), and returns each announcement with its time. */
function announcements(items: ReturnType<typeof expiring>[], followed: string[], from: number, to: number) {
  const check = watchExpiries()
  const found: [number, string][] = []
  for (let now = from; now <= to; now += 1_000) {
    const { announcement } = check(
      now,
      items.filter(({ expiresAtMs }) => expiresAtMs > now),
      new Set(followed),
    )
    if (announcement) found.push([now, announcement])
  }
  return found
}

it('announces a followed activity at one hour left, at five minutes left and at its expiry', () => {
  expect(announcements([expiring('Anna', 2 * HOUR)], ['Anna'], 0, 3 * HOUR)).toEqual([
    [HOUR, 'Anna’s crud has one hour left.'],
    [2 * HOUR - 5 * MINUTE, 'Anna’s crud has five minutes left.'],
    [2 * HOUR, 'Anna’s crud has burnt out.'],
  ])
})

it('announces other expiries as one number, at most once a minute', () => {
  const items = [10, 12, 20, 30, 65, 300].map((s) => expiring(`c${s}`, s * 1_000))
  expect(announcements(items, [], 0, 400_000)).toEqual([
    [15_000, '2 cruds burnt out.'],
    [75_000, '3 cruds burnt out.'],
    [305_000, '1 crud burnt out.'],
  ])
})

it('announces neither deleted activities nor milestones that had passed when the activity appeared', () => {
  const check = watchExpiries()
  const soon = expiring('soon', HOUR)
  expect(check(0, [soon, expiring('deleted', MINUTE)], new Set(['soon'])).announcement).toBe('')
  expect(check(1_000, [soon], new Set(['soon'])).announcement).toBe('')
  expect(check(2 * MINUTE, [soon], new Set(['soon'])).announcement).toBe('')
})

it('announces only the latest milestone after the machine slept', () => {
  const check = watchExpiries()
  check(0, [expiring('Anna', 2 * HOUR)], new Set(['Anna']))
  expect(check(3 * HOUR, [], new Set()).announcement).toBe('Anna’s crud has burnt out.')
})

it('returns the time of the next milestone, or a few seconds later', () => {
  const check = watchExpiries()
  const items = [expiring('followed', HOUR + 3_000), expiring('other', 5_000)]
  expect(check(0, items, new Set(['followed'])).nextCheck).toBe(3_000)
  expect(check(3_000, items, new Set(['followed'])).nextCheck).toBe(5_000)
  expect(check(4_000, [], new Set()).nextCheck).toBe(14_000)
})

import { describe, expect, it } from 'vitest'
import { UTC } from './date-format.ts'
import { clockTime, dayOf, groupByDay, timeAgo } from './dates.ts'

describe('timeAgo', () => {
  it.each([
    [-3, 'now'],
    [0, 'now'],
    [59.9, 'now'],
    [60, '1 min ago'],
    [3_599, '59 min ago'],
    [3_600, '1 h ago'],
    [86_399, '23 h ago'],
    [86_400, '1 d ago'],
    [2_591_999, '29 d ago'],
  ])('formats %d s as %s', (seconds, text) => {
    expect(timeAgo(seconds)).toBe(text)
  })
})

describe('times of a conversation', () => {
  const at = '2026-11-24T23:05:00.000Z'
  const berlin = { locale: 'en-GB', timeZone: 'Europe/Berlin' }

  it('names the zone only if one is given', () => {
    expect(clockTime(at, UTC)).toBe('23:05 UTC')
    expect(clockTime(at, { locale: 'en-GB' })).toMatch(/^\d?\d:\d\d$/)
  })

  it('formats the day in the given zone', () => {
    expect(dayOf(at, UTC)).toBe('Tue 24 November')
    expect(dayOf(at, berlin)).toBe('Wed 25 November')
  })

  it('groups a list by day of the given zone, in its order', () => {
    const items = ['2026-11-24T08:00:00Z', at, '2026-11-25T08:00:00Z'].map((created_at) => ({ created_at }))
    const cut = (style: typeof berlin) => groupByDay(items, style).map(([, of]) => of.length)
    expect(cut({ ...berlin, timeZone: 'UTC' })).toEqual([2, 1])
    expect(cut(berlin)).toEqual([1, 2])
  })
})

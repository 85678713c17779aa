import { describe, expect, it } from 'vitest'
import { UTC } from './date-format.ts'
import {
  formatDuration,
  formatExpiry,
  formatMoment,
  isoDuration,
  monthOf,
  secondsBetween,
  utcMoment,
} from './durations.ts'

describe('formatDuration', () => {
  it.each([
    [0.2, 'under a minute'],
    [60, 'under a minute'],
    [61, 'under a minute'],
    [62, '2 minutes'],
    [214, '4 minutes'],
    [5_400, '90 minutes'],
    [3_600, '1 hour'],
    [3_600.9, '1 hour'],
    [5_402, '2 hours'],
    [43_200, '12 hours'],
    [129_600, '36 hours'],
    [129_602, '2 days'],
    [597_240, '7 days'],
    [2_592_000, '30 days'],
  ])('formats %d s as %s', (seconds, text) => {
    expect(formatDuration(seconds)).toBe(text)
  })
})

it('returns seconds with millisecond precision', () => {
  expect(secondsBetween('2026-11-24T12:00:00.000Z', '2026-11-24T12:00:01.2345Z')).toBe(1.234)
  expect(secondsBetween('2026-11-24T12:00:00Z', Date.parse('2026-11-24T13:00:00Z'))).toBe(3600)
})

it('formats a negative duration as zero', () => {
  expect(isoDuration(213.2)).toBe('PT214S')
  expect(isoDuration(-3)).toBe('PT0S')
})

it('formats times in the given zone', () => {
  const at = '2026-12-01T14:05:00Z'
  expect(formatExpiry(Date.parse(at), { locale: 'en-GB', timeZone: 'UTC' })).toBe('Tue 1 Dec, 14:05')
  expect(formatExpiry(Date.parse(at), { locale: 'de', timeZone: 'Asia/Tokyo' })).toContain('23:05')
  expect(formatMoment(at, { locale: 'en-GB', timeZone: 'UTC' })).toBe('1 Dec, 14:05 UTC')
  expect(formatMoment(at, { locale: 'en-US', timeZone: 'UTC' })).toBe('Dec 1, 2:05 PM UTC')
  expect(monthOf(at)).toBe('December 2026')
})

it.each([
  ['2026-11-30T23:59:00Z', 'tomorrow, 14:05 UTC'],
  ['2026-12-01T00:00:00Z', 'today, 14:05 UTC'],
  ['2026-12-02T12:00:00Z', 'yesterday, 14:05 UTC'],
  ['2026-12-03T00:00:00Z', '1 Dec, 14:05 UTC'],
])('names a day beside %s', (now, text) => {
  expect(formatMoment('2026-12-01T14:05:00Z', { locale: 'en-GB', timeZone: 'UTC' }, Date.parse(now))).toBe(text)
})

it('formats a moment in UTC as Intl does', () => {
  for (const month of ['01', '02', '03', '04', '05', '06', '07', '08', '09', '10', '11', '12'])
    for (const time of ['01T00:00', '09T09:05', '28T23:59']) {
      const at = `2026-${month}-${time}:07.250Z`
      expect(utcMoment(at)).toBe(formatMoment(at, UTC))
    }
})

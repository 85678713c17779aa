import type { Ttl } from '../../worker/contract/ttl.ts'
import { dateFormat, type TimeStyle } from './date-format.ts'
import { clockTime } from './dates.ts'

/** Labels of the TTLs: in full, and short for the chooser. */
export const TTL_LABELS: Record<Ttl, { full: string; short: string }> = {
  '1-hour': { full: '1 hour', short: '1 h' },
  '3-hours': { full: '3 hours', short: '3 h' },
  '12-hours': { full: '12 hours', short: '12 h' },
  '1-day': { full: '1 day', short: '1 d' },
  '3-days': { full: '3 days', short: '3 d' },
  '7-days': { full: '7 days', short: '7 d' },
  '30-days': { full: '30 days', short: '30 d' },
}

/** Returns the seconds between two times (ISO text or ms), with millisecond precision. */
export function secondsBetween(from: string | number, to: string | number): number {
  return Math.round(instant(to) - instant(from)) / 1000
}

const instant = (time: string | number) => (typeof time === 'number' ? time : Date.parse(time))

/** In seconds: the browser's estimate of the server's time may be behind, and a fresh hour is not 61 minutes. */
const CLOCK_TOLERANCE_S = 1

/** Formats seconds: "1 hour", "90 minutes", "36 hours", "7 days". The thresholds are those of time-left.css. */
export function formatDuration(exactSeconds: number): string {
  const seconds = exactSeconds - CLOCK_TOLERANCE_S
  if (seconds <= 60) return 'under a minute'
  const minutes = Math.ceil(seconds / 60)
  if (minutes === 60) return '1 hour'
  if (seconds <= 90 * 60) return `${minutes} minutes`
  if (seconds <= 36 * 3600) return `${Math.round(seconds / 3600)} hours`
  return `${Math.round(seconds / 86_400)} days`
}

/** Formats seconds as an ISO 8601 duration, never negative: `PT214S`. */
export const isoDuration = (seconds: number) => `PT${Math.max(0, Math.ceil(seconds))}S`

/** Formats an expiry, given in ms: "Tue 1 Dec, 14:05". It has no year, since no TTL exceeds a month. */
export const formatExpiry = dateFormat({
  weekday: 'short',
  day: 'numeric',
  month: 'short',
  hour: 'numeric',
  minute: '2-digit',
})

const DAY_MS = 86_400_000
const RELATIVE_DAYS = [
  { name: 'yesterday', days: -1 },
  { name: 'today', days: 0 },
  { name: 'tomorrow', days: 1 },
]
const formatDay = dateFormat({ day: 'numeric', month: 'short' })

/**
 * Formats a moment, given as ISO text: "24 Nov, 13:05"; with a given zone it is named. Given `now` (ms), a day beside it is
 * "yesterday", "today" or "tomorrow".
 */
export function formatMoment(at: string, style: TimeStyle = {}, now?: number): string {
  const day = formatDay(at, style)
  const isDay = (days: number) => now !== undefined && formatDay(now + days * DAY_MS, style) === day
  return `${RELATIVE_DAYS.find(({ days }) => isDay(days))?.name ?? day}, ${clockTime(at, style)}`
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sept', 'Oct', 'Nov', 'Dec']

/**
 * Formats a moment, given as ISO text in UTC, as formatMoment does in UTC: "24 Nov, 13:05 UTC". Without Intl, whose first object takes
 * 50 ms or more on a phone: each card has a moment, which the browser renders like this while it hydrates.
 */
export const utcMoment = (at: string): string =>
  `${Number(at.slice(8, 10))} ${MONTHS[Number(at.slice(5, 7)) - 1]}, ${at.slice(11, 16)} UTC`

const formatMonth = dateFormat({ month: 'long', year: 'numeric' })

/** Formats the month of an ISO text: "November 2026". Always in UTC, so that server and browser render the same. */
export const monthOf = (at: string): string => formatMonth(at, { locale: 'en', timeZone: 'UTC' })

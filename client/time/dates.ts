import { dateFormat, type TimeStyle } from './date-format.ts'

const MINUTE = 60
const HOUR = 3_600
const DAY = 86_400

/** Formats an age in seconds: "now", "5 min ago", "3 h ago", "2 d ago". */
export function timeAgo(seconds: number): string {
  if (seconds < MINUTE) return 'now'
  if (seconds < HOUR) return `${Math.floor(seconds / MINUTE)} min ago`
  if (seconds < DAY) return `${Math.floor(seconds / HOUR)} h ago`
  return `${Math.floor(seconds / DAY)} d ago`
}

const CLOCK = { hour: 'numeric', minute: '2-digit' } as const
const formatClock = dateFormat(CLOCK)
const formatClockAndZone = dateFormat({ ...CLOCK, timeZoneName: 'short' })

/** Formats the time of an ISO text: "14:05"; with a given zone "14:05 UTC". */
export const clockTime = (at: string, style: TimeStyle = {}): string =>
  (style.timeZone ? formatClockAndZone : formatClock)(at, style)

/** Formats the day of an ISO text: "Tue 24 November". */
export const dayOf = dateFormat({ weekday: 'short', day: 'numeric', month: 'long' })

/** Groups a list by day, in its order. */
export function groupByDay<T extends { created_at: string }>(items: readonly T[], style: TimeStyle): [string, T[]][] {
  const days = new Map<string, T[]>()
  for (const item of items) {
    const day = dayOf(item.created_at, style)
    days.set(day, [...(days.get(day) ?? []), item])
  }
  return [...days]
}

import { dateFormat, type TimeStyle } from './date-format.ts'

const MINUTE = 60
const HOUR = 3_600
const DAY = 86_400

/** How long ago, for whom a glance is enough: "now", "5 min ago", "3 h ago", "2 d ago". Takes seconds. */
export function timeAgo(seconds: number): string {
  if (seconds < MINUTE) return 'now'
  if (seconds < HOUR) return `${Math.floor(seconds / MINUTE)} min ago`
  if (seconds < DAY) return `${Math.floor(seconds / HOUR)} h ago`
  return `${Math.floor(seconds / DAY)} d ago`
}

/** The same zone and words everywhere: what is written before anybody knows where the reader is. */
export const UTC: TimeStyle = { locale: 'en-GB', timeZone: 'UTC' }

/** "14:05", and "14:05 UTC" when the zone is given. Takes ISO text. */
export function clockTime(at: string, style: TimeStyle = {}): string {
  const zone = style.timeZone ? { timeZoneName: 'short' as const } : {}
  return dateFormat({ hour: 'numeric', minute: '2-digit', ...zone }, style).format(Date.parse(at))
}

/** "Tue 24 November": a day of the last month. Takes ISO text. */
export function dayOf(at: string, style: TimeStyle = {}): string {
  return dateFormat({ weekday: 'short', day: 'numeric', month: 'long' }, style).format(Date.parse(at))
}

/** Cuts a list into its days, in its own order. */
export function byDay<T extends { created_at: string }>(items: readonly T[], style: TimeStyle): [string, T[]][] {
  const days = new Map<string, T[]>()
  for (const item of items) {
    const day = dayOf(item.created_at, style)
    days.set(day, [...(days.get(day) ?? []), item])
  }
  return [...days]
}

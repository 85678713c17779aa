/** Locale and time zone of a formatted time. Default: the browser's own. */
export type TimeStyle = { locale?: string; timeZone?: string }

/** Style of times rendered on the server, which does not know the viewer's zone. */
export const UTC: TimeStyle = { locale: 'en-GB', timeZone: 'UTC' }

/** Formatters by their options: constructing one is slow. */
const formats = new Map<string, Intl.DateTimeFormat>()

/** Returns a cached formatter. */
export function dateFormat(options: Intl.DateTimeFormatOptions, { locale, timeZone }: TimeStyle): Intl.DateTimeFormat {
  const key = JSON.stringify([options, locale, timeZone])
  const known = formats.get(key) ?? new Intl.DateTimeFormat(locale, { ...options, timeZone })
  formats.set(key, known)
  return known
}

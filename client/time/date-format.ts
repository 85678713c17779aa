/** Where and for whom a time is written; the default is the reader's own language and zone. */
export type TimeStyle = { locale?: string; timeZone?: string }

/** Formats by their options: to make one is slow, and a page has many times. */
const formats = new Map<string, Intl.DateTimeFormat>()

/** The format of these options for a reader. */
export function dateFormat(options: Intl.DateTimeFormatOptions, { locale, timeZone }: TimeStyle): Intl.DateTimeFormat {
  const key = JSON.stringify([options, locale, timeZone])
  const known = formats.get(key) ?? new Intl.DateTimeFormat(locale, { ...options, timeZone })
  formats.set(key, known)
  return known
}

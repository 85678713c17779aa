/** Locale and time zone of a formatted time. Default: the browser's own. */
export type TimeStyle = { locale?: string; timeZone?: string }

/** Style of times rendered on the server, which does not know the viewer's zone. */
export const UTC: TimeStyle = { locale: 'en-GB', timeZone: 'UTC' }

/**
 * Returns a function that formats a time, given in ms or as ISO text, in a style. The formatter of each style is made at
 * its first use and kept, since constructing one is slow.
 */
export function dateFormat(options: Intl.DateTimeFormatOptions): (at: number | string, style?: TimeStyle) => string {
  const formats = new Map<string, Intl.DateTimeFormat>()
  return (at, { locale, timeZone } = {}) => {
    const key = `${locale} ${timeZone}`
    let format = formats.get(key)
    if (!format) {
      format = new Intl.DateTimeFormat(locale, { ...options, timeZone })
      formats.set(key, format)
    }
    return format.format(typeof at === 'number' ? at : Date.parse(at))
  }
}

/** Browsers by what only they say. Those that also call themselves Chrome or Safari come before these. */
const BROWSERS: [name: string, mark: RegExp][] = [
  ['Edge', /\bEdg(?:e|A|iOS)?\//],
  ['Opera', /\b(?:OPR|OPT|Opera)\//],
  ['Samsung Internet', /\bSamsungBrowser\//],
  ['Vivaldi', /\bVivaldi\//],
  ['DuckDuckGo', /\b(?:DuckDuckGo|Ddg)\//],
  ['Firefox', /\b(?:Firefox|FxiOS)\//],
  ['Chrome', /\b(?:Chrome|Chromium|CriOS|HeadlessChrome)\//],
  ['Safari', /\bVersion\/[\d.]+ (?:Mobile\/\w+ )?Safari\//],
]
/** Android says that it is Linux too, and iPads that they are Macs. */
const SYSTEMS: [name: string, mark: RegExp][] = [
  ['iPhone', /\biPhone\b/],
  ['iPad', /\biPad\b/],
  ['Android', /\bAndroid\b/],
  ['ChromeOS', /\bCrOS\b/],
  ['Windows', /\bWindows\b/],
  ['macOS', /\bMac(?:intosh| OS X)\b/],
  ['Linux', /\bLinux\b/],
]

const nameIn = (table: [string, RegExp][], text: string) => table.find(([, mark]) => mark.test(text))?.[0]

/** What a device is called, from its User-Agent: "Firefox on Android". Nothing else of the header is kept. */
export function browserOf(request: Request): string {
  const userAgent = request.headers.get('user-agent') ?? ''
  const browser = nameIn(BROWSERS, userAgent)
  const system = nameIn(SYSTEMS, userAgent)
  if (!browser && !system) return request.headers.has('authorization') ? 'An app' : 'Unknown browser'
  return system ? `${browser ?? 'Unknown browser'} on ${system}` : `${browser}`
}

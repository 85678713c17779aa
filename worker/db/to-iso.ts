/**
 * Converts Postgres's text of a timestamptz to ISO 8601 in UTC. Rewrites the text of UTC times: a `Date` takes eight times as
 * long, and a page has a hundred times.
 */
export function toIso(value: string): string {
  const [, day, time, fraction = ''] = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)(?:\.(\d+))?\+00$/.exec(value) ?? []
  return day ? `${day}T${time}.${fraction.padEnd(3, '0').slice(0, 3)}Z` : new Date(value).toISOString()
}

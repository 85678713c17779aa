import type { RequestContext } from '../context.ts'

/**
 * Tells in Server-Timing how long the request waited for Postgres, in how many trips, and how long it took in all.
 * A Worker's clock stands still between I/O, so rendering does not show here.
 */
export function setServerTiming(headers: Headers, { db, startedAt }: RequestContext): void {
  const total = Date.now() - startedAt
  headers.set('server-timing', `db;dur=${db.waited};desc="${db.trips}", total;dur=${total}`)
}

import type { Bench } from './bench.ts'
import { load, type Request } from './load.ts'
import { CONNECTIONS, type Cost, count } from './measure.ts'
import { OLDER_HITS, type Route } from './route-list.ts'

/** With the pause before, shorter than the lifetime of an answer in the Cache API (15 s). */
const SECONDS = 6

/** Longer than an isolate keeps an answer in memory, in ms. */
const PAUSE = 1_100

/**
 * Measures answers that are still in the Cache API, but no longer in the isolate: requests each page once, waits, then
 * requests all in turns, so slowly that more than a second passes between two requests for the same page. `missed` counts
 * the answers that were read from the database.
 */
export async function measureOlderHits(bench: Bench, route: Route): Promise<Cost & { missed: number }> {
  const { trips } = await bench.stack()
  const origin = await (await bench.workers()).urlOf(route.worker)
  const pages = new Map(
    Array.from({ length: CONNECTIONS }, (_, connection) => [connection, route.requestsOf(connection)]),
  )
  await Promise.all([...pages.values()].map((requests) => requestAll(origin, requests)))
  await new Promise((resolve) => setTimeout(resolve, PAUSE))
  const before = await trips()
  const cost = await count(bench, () =>
    load({
      origin,
      requestsOf: (connection) => pages.get(connection) ?? route.requestsOf(connection),
      connections: CONNECTIONS,
      seconds: SECONDS,
      rate: OLDER_HITS.perSecond,
    }),
  )
  return { ...cost, missed: (await trips()) - before }
}

async function requestAll(origin: URL, requests: Request[]): Promise<void> {
  for (const { path, headers = {} } of requests) {
    const response = await fetch(new URL(path, origin), { headers })
    await response.arrayBuffer()
    if (!response.ok) throw new Error(`${path} was answered by ${response.status}.`)
  }
}

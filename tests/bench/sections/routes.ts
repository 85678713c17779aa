import type { Bench } from '../bench.ts'
import { type Cost, measure } from '../measure.ts'
import type { Report } from '../report.ts'
import { type Route, routesOf } from '../route-list.ts'
import { askOnce, type WireBytes } from '../wire.ts'

/** Asked one after the other, to count what each costs in round trips. */
const COUNTED = 5

type Row = { route: Route; trips: number; cost: Cost; bytes: WireBytes }

/** What the main routes cost: signed out from the edge and from the database, signed in, and writes. */
export async function routes(bench: Bench): Promise<Report> {
  const { places } = await bench.stack()
  const workerd = await bench.workers()
  const origin = await workerd.urlOf('uncached')
  const [reader, writer] = await Promise.all([bench.signIn(origin, 'reader'), bench.signIn(origin, 'writer')])
  const chosen = routesOf(places, reader, writer).filter((route) => !bench.quick || route.inQuick)
  const rows: Row[] = []
  for (const route of chosen) rows.push(await measureRoute(bench, route))
  return toReport(rows)
}

async function measureRoute(bench: Bench, route: Route): Promise<Row> {
  const { worker, requestsOf } = route
  const { trips } = await bench.stack()
  const origin = await (await bench.workers()).urlOf(worker)
  const [request] = requestsOf(0)
  const bytes = await askOnce(origin, request)
  const before = await trips()
  for (let i = 0; i < COUNTED; i += 1) await askOnce(origin, request)
  const each = ((await trips()) - before) / COUNTED
  const cost = await measure(bench, { worker, requestsOf, seconds: bench.quick ? 1 : 5 })
  return { route, trips: each, cost, bytes }
}

function toReport(rows: Row[]): Report {
  const [bare] = rows
  if (!bare) throw new Error('No route was measured.')
  const worst = (bound: number) =>
    Math.max(0, ...rows.filter(({ route }) => route.trips === bound).map(({ trips }) => trips))
  return {
    tables: [
      {
        title: 'Routes',
        columns: [
          'route',
          'reader',
          'requests/s',
          'CPU ms',
          'p50 ms',
          'p99 ms',
          'trips',
          'bytes, gzip',
          'bytes, brotli',
        ],
        rows: rows.map(({ route, trips, cost, bytes }) => [
          ...[route.name, route.as],
          Math.round(cost.perSecond),
          ...[cost.cpuMsPerRequest, cost.p50, cost.p99],
          trips,
          ...[bytes.gzip, bytes.brotli],
        ]),
      },
      {
        title: 'Routes, as multiples of the bare Hono route',
        columns: ['route', 'reader', 'requests/s', 'CPU', 'p50', 'p99', 'bytes, gzip', 'bytes, brotli'],
        rows: rows.map(({ route, cost, bytes }) => [
          ...[route.name, route.as],
          cost.perSecond / bare.cost.perSecond,
          cost.cpuMsPerRequest / bare.cost.cpuMsPerRequest,
          cost.p50 / bare.cost.p50,
          cost.p99 / bare.cost.p99,
          bytes.gzip / bare.bytes.gzip,
          bytes.brotli / bare.bytes.brotli,
        ]),
      },
    ],
    budgets: [
      { what: 'round trips that any request waits for', bound: 1, measured: worst(1), unit: '' },
      { what: 'round trips on a hit of the edge cache', bound: 0, measured: worst(0), unit: '' },
    ],
  }
}

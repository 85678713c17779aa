import type { Cost } from './measure.ts'
import type { Budget, Report, Table } from './report.ts'
import type { WireBytes } from './wire.ts'

/** Names of the two rows with which all others are compared. */
export const BARE = 'bare Hono route'
export const QUERY = 'prepared query of the same 20 rows'

/** Budgets for the cost of a request. */
export type Bounds = {
  /** CPU of Postgres, in multiples of the yardstick query (Q). */
  postgres?: number
  /** CPU of the Worker, in multiples of the bare Hono route (B). */
  worker?: number
  /** CPU of the Worker, in multiples of that at the other commit. */
  against?: number
}

/** Costs of a route on one side: medians of all rounds. */
export type MeasuredSide = Pick<Cost, 'perSecond' | 'p50' | 'p99' | 'cpu'> & {
  /** Round trips to Postgres per request, and size of the answer; null where no Worker answers. */
  trips: number | null
  bytes: WireBytes | null
  /** Number of older hits that were misses. */
  missed: number
}

export type MeasuredRoute = {
  name: string
  as: string
  bounds: Bounds
  /** Round trips that it may wait for; null for the query, which needs no Worker. */
  allowedTrips: number | null
  here: MeasuredSide
  /** The same at the other commit. */
  there?: MeasuredSide
}

/** The other commit of a comparison. */
export type Against = { name: string; notes: string[] }

/** The tables and budgets of all routes. */
export function reportRoutes(routes: MeasuredRoute[], against?: Against): Report {
  const yardsticks = { bare: cpuOf(routes, BARE).worker, query: cpuOf(routes, QUERY).postgres }
  return {
    tables: [
      toCpuTable(routes, yardsticks),
      toTimesTable(routes),
      ...(against === undefined ? [] : [toAgainstTable(routes, against)]),
    ],
    budgets: [...routes.flatMap((route) => toBudgets(route, yardsticks, against)), ...toTripBudgets(routes)],
  }
}

type Yardsticks = { bare: number; query: number }

function cpuOf(routes: MeasuredRoute[], name: string): Cost['cpu'] {
  const found = routes.find((route) => route.name === name)
  if (!found) throw new Error(`${name} was not measured.`)
  return found.here.cpu
}

/** Null, shown as a dash, where the Worker, Postgres or the endpoint takes no part. */
const workerOf = ({ allowedTrips }: MeasuredRoute, { cpu }: MeasuredSide) => (allowedTrips === null ? null : cpu.worker)
const postgresOf = ({ allowedTrips }: MeasuredRoute, { cpu }: MeasuredSide) =>
  allowedTrips === 0 ? null : cpu.postgres
const neonOf = ({ allowedTrips }: MeasuredRoute, { cpu }: MeasuredSide) => (allowedTrips === 1 ? cpu.neon : null)
const ratio = (value: number | null, by: number | null) => (value === null || by === null ? null : value / by)

function toCpuTable(routes: MeasuredRoute[], { bare, query }: Yardsticks): Table {
  return {
    title: 'CPU per request',
    columns: ['route', 'reader', 'Worker ms', 'in B', 'Postgres ms', 'in Q', 'Neon endpoint ms'],
    rows: routes.map((route) => {
      const { name, as, here } = route
      const [worker, postgres] = [workerOf(route, here), postgresOf(route, here)]
      return [name, as, worker, ratio(worker, bare), postgres, ratio(postgres, query), neonOf(route, here)]
    }),
    notes: routes
      .filter(({ here }) => here.missed > 0)
      .map(({ name, here }) => `${here.missed} of the requests for ${name}, expected to be hits, were misses.`),
  }
}

function toTimesTable(routes: MeasuredRoute[]): Table {
  return {
    title: 'Times, trips and bytes',
    columns: ['route', 'reader', 'requests/s', 'p50 ms', 'p99 ms', 'trips', 'bytes, gzip', 'bytes, brotli'],
    rows: routes.map(({ name, as, here: { perSecond, p50, p99, trips, bytes } }) => [
      ...[name, as, Math.round(perSecond), p50, p99, trips],
      ...[bytes?.gzip ?? null, bytes?.brotli ?? null],
    ]),
  }
}

function toAgainstTable(routes: MeasuredRoute[], against: Against): Table {
  const columns = ['Worker', 'Postgres'].flatMap((part) => [`${part}, ${against.name}`, 'here', '×'])
  return {
    title: `CPU per request in ms, against ${against.name}`,
    columns: ['route', 'reader', ...columns],
    rows: routes.flatMap((route) => {
      const { name, as, here, there } = route
      if (!there) return []
      const compare = (of: typeof workerOf) => [
        of(route, there),
        of(route, here),
        ratio(of(route, here), of(route, there)),
      ]
      return [[name, as, ...compare(workerOf), ...compare(postgresOf)]]
    }),
    notes: against.notes,
  }
}

function toBudgets(route: MeasuredRoute, { bare, query }: Yardsticks, against?: Against): Budget[] {
  const { name, as, bounds, here, there } = route
  const what = (part: string) => `${part}, ${name} ${as}`
  const budgets: Budget[] = []
  if (bounds.postgres !== undefined)
    budgets.push({ what: what('Postgres'), bound: bounds.postgres, measured: here.cpu.postgres / query, unit: 'Q' })
  if (bounds.worker !== undefined)
    budgets.push({ what: what('Worker'), bound: bounds.worker, measured: here.cpu.worker / bare, unit: 'B' })
  if (bounds.against !== undefined && against && there)
    budgets.push({
      what: `${what('Worker')}, against ${against.name}`,
      bound: bounds.against,
      measured: here.cpu.worker / there.cpu.worker,
      unit: '×',
    })
  return budgets
}

function toTripBudgets(routes: MeasuredRoute[]): Budget[] {
  const most = (allowed: number) =>
    Math.max(0, ...routes.filter(({ allowedTrips }) => allowedTrips === allowed).map(({ here }) => here.trips ?? 0))
  return [
    { what: 'round trips that any request waits for', bound: 1, measured: most(1), unit: '' },
    { what: 'round trips on a hit of the edge cache', bound: 0, measured: most(0), unit: '' },
  ]
}

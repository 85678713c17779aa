import type { Bench } from './bench.ts'
import { type Cost, measure, measureQuery } from './measure.ts'
import { median } from './median.ts'
import { measureOlderHits } from './older-hits.ts'
import { type Route, routesOf } from './route-list.ts'
import { BARE, type MeasuredRoute, type MeasuredSide, QUERY } from './route-report.ts'
import { requestOnce } from './wire.ts'

/** Requests sent one after the other to count round trips. */
const TRIP_SAMPLES = 5

/** Seconds of load that each round gives a route. */
const SECONDS = { quick: 1, full: 2 }
/** Comparing two commits needs more rounds than measuring one. */
const ROUNDS = { quick: 2, alone: 3, against: 5 }

/** A row of the tables, on one side in one round. */
type Subject = Pick<MeasuredRoute, 'name' | 'as' | 'bounds' | 'allowedTrips'> & {
  /** Measures what is the same in all rounds. */
  probe(): Promise<Pick<MeasuredSide, 'trips' | 'bytes'>>
  measure(): Promise<Cost & { missed?: number }>
}

/** Results of a subject on one side, with the costs of each round. */
type SubjectResults = Pick<MeasuredSide, 'trips' | 'bytes'> & { costs: (Cost & { missed?: number })[] }

/**
 * Measures routes in rounds, in each round every route on each side, so that a change of the machine's speed affects both
 * sides. Reads run first, since writes change what they find.
 */
export async function measureRoutes(sides: Bench[]): Promise<MeasuredRoute[]> {
  const reads = await measureInRounds(sides, ({ isWrite = false }) => !isWrite)
  return [...reads, ...(await measureInRounds(sides, ({ isWrite = false }) => isWrite))]
}

async function measureInRounds(sides: Bench[], choose: (route: Route) => boolean): Promise<MeasuredRoute[]> {
  const rounds = sides[0]?.quick ? ROUNDS.quick : sides.length > 1 ? ROUNDS.against : ROUNDS.alone
  const table = new Map<string, { subject: Subject; results: SubjectResults[] }>()
  for (let round = 0; round < rounds; round += 1) {
    const bySide: Subject[][] = []
    for (const side of sides) bySide.push(await subjectsOf(side, choose))
    for (const [at, subject] of (bySide[0] ?? []).entries()) {
      const key = `${subject.name} ${subject.as}`
      const row = table.get(key) ?? { subject, results: [] }
      table.set(key, row)
      for (const [index, subjects] of bySide.entries()) {
        const own = subjects[at]
        if (!own) throw new Error(`The sides have different routes: ${key}`)
        const results = row.results[index] ?? { ...(await own.probe()), costs: [] }
        row.results[index] = results
        results.costs.push(await own.measure())
      }
    }
  }
  return [...table.values()].map(({ subject, results }) => toMeasured(subject, results))
}

/** Signs in for each round, since access tokens expire after minutes. */
async function subjectsOf(side: Bench, choose: (route: Route) => boolean): Promise<Subject[]> {
  const { places } = await side.stack()
  const origin = await (await side.workers()).urlOf('uncached')
  const [reader, writer] = [await side.signIn(origin, 'reader'), await side.signIn(origin, 'writer')]
  const chosen = routesOf(places, reader, writer).filter((route) => choose(route) && (!side.quick || route.inQuick))
  return chosen.flatMap((route) =>
    route.name === BARE ? [toSubject(side, route), queryOf(side)] : [toSubject(side, route)],
  )
}

function toSubject(side: Bench, route: Route): Subject {
  const { name, as, worker, trips: allowedTrips, requestsOf, bounds = {}, isPaced = false } = route
  const seconds = side.quick ? SECONDS.quick : SECONDS.full
  return {
    ...{ name, as, bounds, allowedTrips },
    probe: () => probe(side, route),
    measure: () => (isPaced ? measureOlderHits(side, route) : measure(side, { worker, requestsOf, seconds })),
  }
}

/** The yardstick query of Postgres, which needs no Worker. */
function queryOf(side: Bench): Subject {
  const seconds = side.quick ? SECONDS.quick : SECONDS.full
  return {
    ...{ name: QUERY, as: 'anybody', bounds: {}, allowedTrips: null },
    probe: async () => ({ trips: null, bytes: null }),
    measure: () => measureQuery(side, seconds),
  }
}

async function probe(side: Bench, { worker, requestsOf }: Route): Promise<Pick<MeasuredSide, 'trips' | 'bytes'>> {
  const { trips } = await side.stack()
  const origin = await (await side.workers()).urlOf(worker)
  const [request] = requestsOf(0)
  const bytes = await requestOnce(origin, request)
  const before = await trips()
  for (let i = 0; i < TRIP_SAMPLES; i += 1) await requestOnce(origin, request)
  return { trips: ((await trips()) - before) / TRIP_SAMPLES, bytes }
}

function toMeasured({ name, as, bounds, allowedTrips }: Subject, results: SubjectResults[]): MeasuredRoute {
  const [here, there] = results.map(toSide)
  if (!here) throw new Error(`${name} was not measured.`)
  return { name, as, bounds, allowedTrips, here, ...(there && { there }) }
}

function toSide({ trips, bytes, costs }: SubjectResults): MeasuredSide {
  const middle = (of: (cost: Cost) => number) => median(costs.map(of))
  return {
    trips,
    bytes,
    missed: costs.reduce((sum, { missed = 0 }) => sum + missed, 0),
    perSecond: middle(({ perSecond }) => perSecond),
    p50: middle(({ p50 }) => p50),
    p99: middle(({ p99 }) => p99),
    cpu: {
      worker: middle(({ cpu }) => cpu.worker),
      postgres: middle(({ cpu }) => cpu.postgres),
      neon: middle(({ cpu }) => cpu.neon),
    },
  }
}

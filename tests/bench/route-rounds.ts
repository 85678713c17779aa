import type { Bench } from './bench.ts'
import { type Cost, measure, measureQuery } from './measure.ts'
import { median } from './median.ts'
import { measureOlderHits } from './older-hits.ts'
import { type Route, routesOf } from './route-list.ts'
import { BARE, type MeasuredRoute, type MeasuredSide, QUERY } from './route-report.ts'
import { askOnce } from './wire.ts'

/** Asked one after the other, to count what each costs in round trips. */
const COUNTED = 5

/** Seconds of load that each round gives a route. */
const SECONDS = { quick: 1, full: 2 }
/** A ratio of two commits deserves more rounds than a look at one. */
const ROUNDS = { quick: 2, alone: 3, against: 5 }

/** Something that has a row in the tables, as one side has it in one round. */
type Subject = Pick<MeasuredRoute, 'name' | 'as' | 'bounds' | 'allowedTrips'> & {
  /** What does not change from round to round. */
  probe(): Promise<Pick<MeasuredSide, 'trips' | 'bytes'>>
  measure(): Promise<Cost & { missed?: number }>
}

/** What one side's subject was like, round by round. */
type Seen = Pick<MeasuredSide, 'trips' | 'bytes'> & { costs: (Cost & { missed?: number })[] }

/**
 * Measures routes in rounds, and in each round every route of each side: the sides take turns, and a change of the machine's
 * speed hits all. Reads come first, since writes change what they find.
 */
export async function measureRoutes(sides: Bench[]): Promise<MeasuredRoute[]> {
  const reads = await measureInRounds(sides, ({ isWrite = false }) => !isWrite)
  return [...reads, ...(await measureInRounds(sides, ({ isWrite = false }) => isWrite))]
}

async function measureInRounds(sides: Bench[], choose: (route: Route) => boolean): Promise<MeasuredRoute[]> {
  const rounds = sides[0]?.quick ? ROUNDS.quick : sides.length > 1 ? ROUNDS.against : ROUNDS.alone
  const table = new Map<string, { subject: Subject; seen: Seen[] }>()
  for (let round = 0; round < rounds; round += 1) {
    const bySide: Subject[][] = []
    for (const side of sides) bySide.push(await subjectsOf(side, choose))
    for (const [at, subject] of (bySide[0] ?? []).entries()) {
      const key = `${subject.name} ${subject.as}`
      const row = table.get(key) ?? { subject, seen: [] }
      table.set(key, row)
      for (const [index, subjects] of bySide.entries()) {
        const own = subjects[at]
        if (!own) throw new Error(`The sides have different routes: ${key}`)
        const seen = row.seen[index] ?? { ...(await own.probe()), costs: [] }
        row.seen[index] = seen
        seen.costs.push(await own.measure())
      }
    }
  }
  return [...table.values()].map(({ subject, seen }) => toMeasured(subject, seen))
}

/** Signs in anew, since tokens live for minutes. */
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

/** The yardstick of Postgres, which no Worker stands in front of. */
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
  const bytes = await askOnce(origin, request)
  const before = await trips()
  for (let i = 0; i < COUNTED; i += 1) await askOnce(origin, request)
  return { trips: ((await trips()) - before) / COUNTED, bytes }
}

function toMeasured({ name, as, bounds, allowedTrips }: Subject, seen: Seen[]): MeasuredRoute {
  const [here, there] = seen.map(toSide)
  if (!here) throw new Error(`${name} was not measured.`)
  return { name, as, bounds, allowedTrips, here, ...(there && { there }) }
}

function toSide({ trips, bytes, costs }: Seen): MeasuredSide {
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

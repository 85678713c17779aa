import type { Bench, WorkerName } from './bench.ts'
import { type Figures, load, type Request } from './load.ts'
import { cpuMs, postgresCpuMs } from './processes.ts'
import { connectForQuery, loadQuery } from './yardstick-query.ts'

/** Kept busy by so many at once: while one waits for Postgres, another is rendered. */
export const CONNECTIONS = 4

/** With fewer answers than this a slow route is given more time, up to so many seconds. */
const LEAST_ANSWERS = 40
const MOST_SECONDS = 15

/** CPU that a request costs, in ms: of workerd, of all processes of Postgres, and of the Neon endpoint in front of it. */
export type Cpu = { worker: number; postgres: number; neon: number }

/** What one kind of request costs. */
export type Cost = Figures & { perSecond: number; cpu: Cpu }

export type Measured = {
  worker: WorkerName
  /** What each connection asks for, in turns. */
  requestsOf: (connection: number) => [Request, ...Request[]]
  seconds: number
}

/**
 * Loads a Worker, once to warm up and once to count.
 * @throws Error if it does not answer in time.
 */
export async function measure(bench: Bench, { worker, requestsOf, seconds }: Measured): Promise<Cost> {
  const origin = await (await bench.workers()).urlOf(worker)
  const run = (time: number) => load({ origin, requestsOf, connections: CONNECTIONS, seconds: time })
  return warmUpAndCount(bench, seconds, run)
}

/** Loads Postgres with the query that all others are compared with, once to warm up and once to count. */
export async function measureQuery(bench: Bench, seconds: number): Promise<Cost> {
  const { url } = await bench.stack()
  const clients = await connectForQuery(url, CONNECTIONS)
  try {
    return await warmUpAndCount(bench, seconds, (time) => loadQuery(clients, time))
  } finally {
    await Promise.all(clients.map((client) => client.end()))
  }
}

async function warmUpAndCount(
  bench: Bench,
  seconds: number,
  run: (seconds: number) => Promise<Figures>,
): Promise<Cost> {
  const warm = await run(Math.min(1, seconds))
  const needed = Math.ceil((LEAST_ANSWERS * warm.seconds) / warm.requests)
  return count(bench, () => run(Math.min(MOST_SECONDS, Math.max(seconds, needed))))
}

/**
 * Counts the CPU that a load costs. The three processes serve nobody else meanwhile.
 * @throws Error if nothing was answered.
 */
export async function count(bench: Bench, run: () => Promise<Figures>): Promise<Cost> {
  const { workerd, postmaster, neon } = await bench.pids()
  const read = (): Cpu => ({ worker: cpuMs(workerd), postgres: postgresCpuMs(postmaster), neon: cpuMs(neon) })
  const before = read()
  const figures = await run()
  const after = read()
  const { requests, seconds } = figures
  // The time of a process that has ended is rounded, by less than it may have taken: no cost is below zero.
  const each = (of: (cpu: Cpu) => number) => Math.max(0, of(after) - of(before)) / requests
  if (requests === 0) throw new Error(`Nothing was answered within ${seconds} s.`)
  return {
    ...figures,
    perSecond: requests / seconds,
    cpu: {
      worker: each((cpu) => cpu.worker),
      postgres: each((cpu) => cpu.postgres),
      neon: each((cpu) => cpu.neon),
    },
  }
}

import type { Bench, WorkerName } from './bench.ts'
import { type Figures, load, type Request } from './load.ts'
import { cpuMs, postgresCpuMs } from './processes.ts'
import { connectForQuery, loadQuery } from './yardstick-query.ts'

/** Concurrent connections, so that the Worker renders one page while others wait for Postgres. */
export const CONNECTIONS = 4

/** A slow route is loaded for longer, up to MAX_SECONDS, to reach MIN_ANSWERS. */
const MIN_ANSWERS = 40
const MAX_SECONDS = 15

/** CPU per request, in ms: of workerd, of all processes of Postgres, and of the Neon endpoint in front of it. */
export type Cpu = { worker: number; postgres: number; neon: number }

/** Cost of one kind of request. */
export type Cost = Figures & { perSecond: number; cpu: Cpu }

export type MeasureOptions = {
  worker: WorkerName
  /** Requests that each connection repeats in order. */
  requestsOf: (connection: number) => [Request, ...Request[]]
  seconds: number
}

/**
 * Loads a Worker, first to warm up, then to measure.
 * @throws Error if it does not answer in time.
 */
export async function measure(bench: Bench, { worker, requestsOf, seconds }: MeasureOptions): Promise<Cost> {
  const origin = await (await bench.workers()).urlOf(worker)
  const run = (time: number) => load({ origin, requestsOf, connections: CONNECTIONS, seconds: time })
  return warmUpAndCount(bench, seconds, run)
}

/** Loads Postgres with the yardstick query, first to warm up, then to measure. */
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
  const neededSeconds = Math.ceil((MIN_ANSWERS * warm.seconds) / warm.requests)
  return count(bench, () => run(Math.min(MAX_SECONDS, Math.max(seconds, neededSeconds))))
}

/**
 * Measures the CPU of a load. The three processes must serve no other requests meanwhile.
 * @throws Error if no request was answered.
 */
export async function count(bench: Bench, run: () => Promise<Figures>): Promise<Cost> {
  const { workerd, postmaster, neon } = await bench.pids()
  const read = (): Cpu => ({ worker: cpuMs(workerd), postgres: postgresCpuMs(postmaster), neon: cpuMs(neon) })
  const before = read()
  const figures = await run()
  const after = read()
  const { requests, seconds } = figures
  // The CPU of a process that has ended is rounded down to ticks, so a difference may come out negative.
  const each = (of: (cpu: Cpu) => number) => Math.max(0, of(after) - of(before)) / requests
  if (requests === 0) throw new Error(`No request was answered within ${seconds} s.`)
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

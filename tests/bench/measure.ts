import type { Bench, WorkerName } from './bench.ts'
import { type Figures, load, type Request } from './load.ts'
import { cpuMs } from './processes.ts'

/** Kept busy by so many at once: while one waits for Postgres, another is rendered. */
const CONNECTIONS = 4

/** With fewer answers than this a slow route is given more time, up to so many seconds. */
const LEAST_ANSWERS = 40
const MOST_SECONDS = 15

/** What one kind of request costs. */
export type Cost = Figures & { perSecond: number; cpuMsPerRequest: number }

export type Measured = {
  worker: WorkerName
  /** What each connection asks for, in turns. */
  requestsOf: (connection: number) => [Request, ...Request[]]
  seconds: number
}

/**
 * Loads a Worker, once to warm up and once to count. The CPU is that of the whole of workerd, which serves nobody else.
 * @throws Error if it does not answer in time.
 */
export async function measure(bench: Bench, { worker, requestsOf, seconds }: Measured): Promise<Cost> {
  const workerd = await bench.workers()
  const origin = await workerd.urlOf(worker)
  const loadFor = (time: number) => load({ origin, requestsOf, connections: CONNECTIONS, seconds: time })
  const warm = await loadFor(Math.min(2, seconds))
  const needed = Math.ceil((LEAST_ANSWERS * warm.seconds) / warm.requests)
  const before = cpuMs(workerd.pid)
  const figures = await loadFor(Math.min(MOST_SECONDS, Math.max(seconds, needed)))
  const spent = cpuMs(workerd.pid) - before
  if (figures.requests === 0) throw new Error(`${requestsOf(0)[0].path} did not answer within ${MOST_SECONDS} s.`)
  return {
    ...figures,
    perSecond: figures.requests / figures.seconds,
    cpuMsPerRequest: spent / figures.requests,
  }
}

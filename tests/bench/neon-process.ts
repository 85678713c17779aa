// Run as a process of its own by stack.ts: Neon's protocol in front of Postgres, so that it shares no event loop with what
// makes the load, and counts what comes.
import { subscribe } from 'node:diagnostics_channel'
import { startNeonEndpoint } from '../../local/neon.ts'

/** What is told to the parent: first where it listens, then the counts, whenever they are asked for. */
export type Told = { url: string } | Counts

/** Requests that have come so far, and the milliseconds from when each had come until it was answered. */
export type Counts = { trips: number; ms: number }

const counts: Counts = { trips: 0, ms: 0 }
const startedAt = new WeakMap<object, number>()
subscribe('http.server.request.start', (message) => {
  counts.trips += 1
  startedAt.set((message as { request: object }).request, performance.now())
})
subscribe('http.server.response.finish', (message) => {
  counts.ms += performance.now() - (startedAt.get((message as { request: object }).request) ?? Number.NaN)
})

const tell = (told: Told) => process.send?.(told)

const neon = await startNeonEndpoint({ port: 0, postgres: { host: '127.0.0.1', port: Number(process.argv[2]) } })
process.on('message', () => tell(counts))
process.on('disconnect', () => process.exit())
tell({ url: neon.url })

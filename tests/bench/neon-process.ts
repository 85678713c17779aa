// Neon's protocol in front of Postgres, started as a separate process by neon.ts, so that it does not share an event loop
// with the code that makes the load. It counts the requests.
import { subscribe } from 'node:diagnostics_channel'
import { startNeonEndpoint } from '../../local/neon.ts'

/** Messages to the parent process: first the address, then the counts, whenever requested. */
export type ParentMessage = { url: string } | Counts

/** Requests so far, and the total milliseconds from request to answer. */
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

const send = (message: ParentMessage) => process.send?.(message)

const neon = await startNeonEndpoint({ port: 0, postgres: { host: '127.0.0.1', port: Number(process.argv[2]) } })
process.on('message', () => send(counts))
process.on('disconnect', () => process.exit())
send({ url: neon.url })

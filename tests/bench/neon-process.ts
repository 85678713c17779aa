// Run as a process of its own by stack.ts: Neon's protocol in front of Postgres, so that it shares no event loop with what
// makes the load, and counts what comes.
import { subscribe } from 'node:diagnostics_channel'
import { startNeonEndpoint } from '../../local/neon.ts'

/** What is told to the parent: first where it listens, then the count, whenever it is asked for. */
export type Told = { url: string } | { trips: number }

let trips = 0
subscribe('http.server.request.start', () => {
  trips += 1
})

const tell = (told: Told) => process.send?.(told)

const neon = await startNeonEndpoint({ port: 0, postgres: { host: '127.0.0.1', port: Number(process.argv[2]) } })
process.on('message', () => tell({ trips }))
process.on('disconnect', () => process.exit())
tell({ url: neon.url })

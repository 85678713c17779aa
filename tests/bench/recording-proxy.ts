import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'

/** A request as a Worker has sent it to Neon's endpoint. */
export type Recorded = { body: string; headers: IncomingHttpHeaders }

/** Stands in front of Neon's endpoint and keeps what it is asked. */
export type RecordingProxy = {
  url: string
  /** What was asked since this was called last. */
  take(): Recorded[]
  stop(): Promise<void>
}

/** Headers that belong to one connection, and are no part of what was asked. */
const HOP_BY_HOP = new Set(['connection', 'content-length', 'host', 'transfer-encoding'])

/** @param endpoint Of Neon's protocol; it answers all requests. */
export async function startRecordingProxy(endpoint: string): Promise<RecordingProxy> {
  let recorded: Recorded[] = []
  const server = createServer(async (request, response) => {
    const { headers } = request
    const body = await text(request)
    recorded.push({ body, headers })
    const passed = Object.entries(headers).flatMap(([name, value]): [string, string][] =>
      HOP_BY_HOP.has(name) || value === undefined ? [] : [[name, String(value)]],
    )
    const answer = await fetch(endpoint, { method: 'POST', headers: passed, body })
    response.writeHead(answer.status, { 'content-type': 'application/json' })
    response.end(await answer.text())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}/sql`,
    take() {
      const taken = recorded
      recorded = []
      return taken
    },
    async stop() {
      const closed = new Promise((resolve) => server.close(resolve))
      server.closeAllConnections()
      await closed
    },
  }
}

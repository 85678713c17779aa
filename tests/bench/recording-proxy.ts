import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'

/** A Worker's request to Neon's endpoint. */
export type Recorded = { body: string; headers: IncomingHttpHeaders }

/** A proxy in front of Neon's endpoint that records requests. */
export type RecordingProxy = {
  url: string
  /** The requests since the last call. */
  take(): Recorded[]
  stop(): Promise<void>
}

/** Headers of the connection rather than of the request, which are not forwarded. */
const HOP_BY_HOP = new Set(['connection', 'content-length', 'host', 'transfer-encoding'])

/** @param endpoint Address of the Neon endpoint that answers the requests. */
export async function startRecordingProxy(endpoint: string): Promise<RecordingProxy> {
  let recorded: Recorded[] = []
  const server = createServer(async (request, response) => {
    const { headers } = request
    const body = await text(request)
    recorded.push({ body, headers })
    const forwarded = Object.entries(headers).flatMap(([name, value]): [string, string][] =>
      HOP_BY_HOP.has(name) || value === undefined ? [] : [[name, String(value)]],
    )
    const answer = await fetch(endpoint, { method: 'POST', headers: forwarded, body })
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

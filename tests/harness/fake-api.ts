import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A request that the fake API received. */
export type RecordedRequest = {
  method: string
  path: string
  query: URLSearchParams
  headers: NodeJS.Dict<string | string[]>
  body: string
}

/** A local server in place of a vendor's API; it records its requests. */
export type FakeApi = { url: string; requests: RecordedRequest[]; close(): Promise<void> }

/** Starts a fake API; `answer` returns status and JSON for a request. */
export async function openFakeApi(
  answer: (request: RecordedRequest) => [status: number, json: unknown],
): Promise<FakeApi> {
  const requests: RecordedRequest[] = []
  const server = createServer(async (incoming, outgoing) => {
    const body = Buffer.concat(await Array.fromAsync<Buffer>(incoming)).toString()
    const { pathname, searchParams } = new URL(incoming.url ?? '/', 'http://stand-in')
    const request = {
      method: incoming.method ?? '',
      path: pathname,
      query: searchParams,
      headers: incoming.headers,
      body,
    }
    requests.push(request)
    const [status, json] = answer(request)
    outgoing.writeHead(status, { 'content-type': 'application/json' })
    outgoing.end(status === 204 ? undefined : JSON.stringify(json))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    async close() {
      const closed = new Promise((resolve) => server.close(resolve))
      server.closeAllConnections()
      await closed
    },
  }
}

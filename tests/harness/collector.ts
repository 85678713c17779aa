import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll } from 'vitest'

/** Stands where a vendor's endpoint would: keeps what it is sent, or takes it and never answers. */
export type Collector = {
  url: string
  // biome-ignore lint/suspicious/noExplicitAny: bodies of every shape
  received: { path: string; headers: Record<string, unknown>; body: any }[]
  hangs: boolean
}

/** Opens one for the test file that asks for it. */
export async function openCollector(): Promise<Collector> {
  const collector: Collector = { url: '', received: [], hangs: false }
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    if (collector.hangs) return
    const body = JSON.parse(Buffer.concat(chunks).toString())
    collector.received.push({ path: request.url ?? '', headers: request.headers, body })
    response.end('{}')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  collector.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  afterAll(() => {
    server.closeAllConnections()
    server.close()
  })
  return collector
}

import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll } from 'vitest'

/** A local server in place of a vendor's reporting endpoint: it records each JSON body, or fails. */
export type Collector = {
  url: string
  // biome-ignore lint/suspicious/noExplicitAny: bodies of every shape
  received: { path: string; headers: Record<string, unknown>; body: any }[]
  /** How it fails: it never answers, cuts the connection, or answers 500; null: it does not. */
  fails: 'by hanging' | 'by cutting the line' | 'by an error' | null
  /** The number of requests that hang now. */
  hanging: number
}

/** Starts a collector, and stops it after the test file. */
export async function openCollector(): Promise<Collector> {
  const collector: Collector = { url: '', received: [], fails: null, hanging: 0 }
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    if (collector.fails === 'by hanging') {
      collector.hanging += 1
      response.once('close', () => {
        collector.hanging -= 1
      })
      return
    }
    if (collector.fails === 'by cutting the line') request.socket.destroy()
    if (collector.fails === 'by an error') response.writeHead(500).end('<h1>no</h1>')
    if (collector.fails) return
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

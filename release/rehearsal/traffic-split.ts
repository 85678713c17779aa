import { createHash } from 'node:crypto'
import { Agent, createServer, request as forward } from 'node:http'
import type { AddressInfo } from 'node:net'

/** Header with the user's key: all requests of a user go to the same version, as a rule of the zone does in production. */
export const VERSION_KEY = 'cloudflare-workers-version-key'

/** A proxy that sends each user to one of two versions, as a gradual deployment does. */
export type TrafficSplit = {
  origin: string
  /** Sets the percentage of users who get the new version. */
  setPercent(percent: number): void
  close(): Promise<void>
}

export async function openTrafficSplit(old: URL, next: URL): Promise<TrafficSplit> {
  const agent = new Agent({ keepAlive: true })
  let newPercent = 0
  const server = createServer((incoming, outgoing) => {
    const target = bucketOf(String(incoming.headers[VERSION_KEY])) < newPercent ? next : old
    const headers = { ...incoming.headers, host: target.host }
    // The browser's Origin is that of the proxy.
    if (headers.origin) headers.origin = target.origin
    const { method, url: path } = incoming
    const onward = forward({ hostname: target.hostname, port: target.port, path, method, headers, agent }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers)
      answer.pipe(outgoing)
    })
    onward.on('error', () => incoming.socket.destroy())
    incoming.pipe(onward)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    setPercent: (percent) => {
      newPercent = percent
    },
    async close() {
      const closed = new Promise((resolve) => server.close(resolve))
      server.closeAllConnections()
      agent.destroy()
      await closed
    },
  }
}

/** Returns a number from 0 to 99, the same for the same key. */
export const bucketOf = (key: string): number => createHash('sha256').update(key).digest().readUInt16BE() % 100

import { createServer, request as forward, type IncomingHttpHeaders, type OutgoingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'

/** An answer in transit, which may be changed; `hold` delays its body from offset `at` until `until` resolves. */
export type ResponseInTransit = {
  path: string
  status: number
  headers: OutgoingHttpHeaders
  body: string
  hold?: { at: number; until: Promise<void> }
}

/** A proxy before a site. Set `tamper` to change answers in transit; null drops an answer. */
export type TamperingProxy = {
  origin: string
  tamper: (transit: ResponseInTransit) => ResponseInTransit | null
  close(): Promise<void>
}

const untouched = (transit: ResponseInTransit) => transit

/** Starts a proxy that changes nothing yet. */
export async function openTamperingProxy(target: string): Promise<TamperingProxy> {
  const { hostname, port, host } = new URL(target)
  const server = createServer((incoming, outgoing) => {
    const path = incoming.url ?? '/'
    const headers: IncomingHttpHeaders = { ...incoming.headers, host, 'accept-encoding': 'identity' }
    // The browser names the proxy's origin; the site expects its own.
    if (headers.origin) headers.origin = new URL(target).origin
    const forwarded = forward({ hostname, port, path, method: incoming.method, headers }, async (answer) => {
      const chunks = await Array.fromAsync<Buffer>(answer)
      const { 'content-length': _, 'transfer-encoding': __, ...otherHeaders } = answer.headers
      const body = Buffer.concat(chunks).toString()
      const transit = proxy.tamper({ path, status: answer.statusCode ?? 502, headers: otherHeaders, body })
      if (!transit) return
      const { hold = { at: 0, until: undefined } } = transit
      outgoing.writeHead(transit.status, transit.headers).write(transit.body.slice(0, hold.at))
      await hold.until
      outgoing.end(transit.body.slice(hold.at))
    })
    forwarded.on('error', () => incoming.socket.destroy())
    incoming.pipe(forwarded)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const proxy: TamperingProxy = {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    tamper: untouched,
    async close() {
      const closed = new Promise((resolve) => server.close(resolve))
      server.closeAllConnections()
      await closed
    },
  }
  return proxy
}

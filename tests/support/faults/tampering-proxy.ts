import { createServer, request as forward, type IncomingHttpHeaders, type OutgoingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'

/** An answer on its way, which may be changed; from `hold.at` on its body can be held back for a while. */
export type ResponseInTransit = {
  path: string
  status: number
  headers: OutgoingHttpHeaders
  body: string
  hold?: { at: number; until: Promise<void> }
}

/** A proxy before a site that changes answers on their way: `meddle` is what it does from now on. */
export type TamperingProxy = {
  origin: string
  tamper: (passing: ResponseInTransit) => ResponseInTransit | null
  close(): Promise<void>
}

const untouched = (passing: ResponseInTransit) => passing

/** Starts a proxy that changes nothing. A null in place of an answer: none ever comes. */
export async function openTamperingProxy(target: string): Promise<TamperingProxy> {
  const { hostname, port, host } = new URL(target)
  const server = createServer((incoming, outgoing) => {
    const path = incoming.url ?? '/'
    const headers: IncomingHttpHeaders = { ...incoming.headers, host, 'accept-encoding': 'identity' }
    // What a browser says of the page that it is on.
    if (headers.origin) headers.origin = new URL(target).origin
    const onward = forward({ hostname, port, path, method: incoming.method, headers }, async (answer) => {
      const chunks = await Array.fromAsync<Buffer>(answer)
      const { 'content-length': _, 'transfer-encoding': __, ...kept } = answer.headers
      const body = Buffer.concat(chunks).toString()
      const passing = meddler.tamper({ path, status: answer.statusCode ?? 502, headers: kept, body })
      if (!passing) return
      const { hold = { at: 0, until: undefined } } = passing
      outgoing.writeHead(passing.status, passing.headers).write(passing.body.slice(0, hold.at))
      await hold.until
      outgoing.end(passing.body.slice(hold.at))
    })
    onward.on('error', () => incoming.socket.destroy())
    incoming.pipe(onward)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const meddler: TamperingProxy = {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    tamper: untouched,
    async close() {
      const closed = new Promise((resolve) => server.close(resolve))
      server.closeAllConnections()
      await closed
    },
  }
  return meddler
}

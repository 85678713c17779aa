import { Agent, createServer, request as forward } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A faulty answer: broken JSON, an HTML error page, a body that is cut off, or one that never ends. */
export type Fault = 'garbage' | 'error page' | 'cut off' | 'stalls'

/** A proxy before a service of the Worker: it counts requests, and injects outages, faults and delays. */
export type FaultProxy = {
  /** URL that the Worker uses instead of the service's. */
  url: string
  /** Number of requests so far. */
  count(): number
  /** Cuts every connection, as if the service was down. */
  setOutage(isDown: boolean): void
  /** Injects a fault into each answer, from now on or after some more requests; null ends it. */
  injectFault(how: Fault | null, afterRequests?: number): void
  /** Forwards some more requests, then begins an outage. */
  outageAfter(passes: number): void
  /** Holds requests, from now on or after some more of them, until the returned function is called. */
  holdRequests(afterRequests?: number): () => void
  close(): Promise<void>
}

export async function openFaultProxy(target: string): Promise<FaultProxy> {
  const agent = new Agent({ keepAlive: true })
  const { hostname, port, pathname } = new URL(target)
  let requests = 0
  let passes = Number.POSITIVE_INFINITY
  // Both apply to requests after number `from`.
  let held: { from: number; until: Promise<void> } | undefined
  let fault: { from: number; how: Fault } | undefined
  const server = createServer(async (incoming, outgoing) => {
    requests += 1
    const index = requests
    if (held && index > held.from) await held.until
    const activeFault = fault && index > fault.from ? fault.how : null
    passes -= 1
    if (passes < 0) {
      incoming.socket.destroy()
      return
    }
    if (activeFault === 'garbage') {
      outgoing.writeHead(200, { 'content-type': 'application/json' }).end('{"rows": [[')
      return
    }
    if (activeFault === 'error page') {
      outgoing.writeHead(502, { 'content-type': 'text/html' }).end('<h1>Bad gateway</h1>')
      return
    }
    const { method, headers, url } = incoming
    const forwarded = forward({ hostname, port, path: url, method, headers, agent }, (upstream) => {
      outgoing.writeHead(upstream.statusCode ?? 502, upstream.headers)
      if (activeFault !== 'cut off' && activeFault !== 'stalls') {
        upstream.pipe(outgoing)
        return
      }
      const cutConnection = activeFault === 'cut off' ? () => incoming.socket.destroy() : undefined
      upstream.once('data', (chunk: Buffer) => outgoing.write(chunk.subarray(0, 1), cutConnection))
    })
    forwarded.on('error', () => incoming.socket.destroy())
    outgoing.on('close', () => forwarded.destroy())
    incoming.pipe(forwarded)
  })
  server.keepAliveTimeout = 120_000
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}${pathname}`,
    count: () => requests,
    setOutage: (isDown) => {
      passes = isDown ? 0 : Number.POSITIVE_INFINITY
    },
    outageAfter: (isDown) => {
      passes = isDown
    },
    holdRequests(afterRequests = 0) {
      const { promise, resolve } = Promise.withResolvers<void>()
      held = { from: requests + afterRequests, until: promise }
      return () => {
        held = undefined
        resolve()
      }
    },
    injectFault: (how, afterRequests = 0) => {
      fault = how ? { from: requests + afterRequests, how } : undefined
    },
    async close() {
      const closed = new Promise((resolve) => server.close(resolve))
      server.closeAllConnections()
      agent.destroy()
      await closed
    },
  }
}

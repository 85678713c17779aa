import { Agent, createServer, request as forward } from 'node:http'
import type { AddressInfo } from 'node:net'

/** An answer that is no sense, or none of the service's, or a good one that ends in its middle, or never does. */
export type Fault = 'garbage' | 'error page' | 'cut off' | 'stalls'

/** A door in front of a service of ours: it counts who comes through, can be shut, and can keep people waiting. */
export type FaultProxy = {
  /** Where the Worker is told that the service is. */
  url: string
  /** Requests that have come so far. */
  count(): number
  /** Shut, connections are cut, as of a service that is not there. */
  setOutage(isShut: boolean): void
  /** Answers something else than what stands behind it, from now on or after so many more requests; null: as it should. */
  injectFault(how: Fault | null, after?: number): void
  /** Lets so many more through, and is shut then. */
  outageAfter(passes: number): void
  /** Keeps whoever comes from now on, or after so many more requests, waiting until what it answers is called. */
  holdRequests(after?: number): () => void
  close(): Promise<void>
}

export async function openFaultProxy(target: string): Promise<FaultProxy> {
  const agent = new Agent({ keepAlive: true })
  const { hostname, port, pathname } = new URL(target)
  let requests = 0
  let passes = Number.POSITIVE_INFINITY
  /** Held and broken are requests from this one on, counted from the first. */
  let held: { from: number; until: Promise<void> } | undefined
  let fault: { from: number; how: Fault } | undefined
  const server = createServer(async (incoming, outgoing) => {
    requests += 1
    const at = requests
    if (held && at > held.from) await held.until
    const broken = fault && at > fault.from ? fault.how : null
    passes -= 1
    if (passes < 0) {
      incoming.socket.destroy()
      return
    }
    if (broken === 'garbage') {
      outgoing.writeHead(200, { 'content-type': 'application/json' }).end('{"rows": [[')
      return
    }
    if (broken === 'error page') {
      outgoing.writeHead(502, { 'content-type': 'text/html' }).end('<h1>Bad gateway</h1>')
      return
    }
    const { method, headers, url } = incoming
    const onward = forward({ hostname, port, path: url, method, headers, agent }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers)
      if (broken !== 'cut off' && broken !== 'stalls') {
        answer.pipe(outgoing)
        return
      }
      const then = broken === 'cut off' ? () => incoming.socket.destroy() : undefined
      answer.once('data', (chunk: Buffer) => outgoing.write(chunk.subarray(0, 1), then))
    })
    onward.on('error', () => incoming.socket.destroy())
    outgoing.on('close', () => onward.destroy())
    incoming.pipe(onward)
  })
  server.keepAliveTimeout = 120_000
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}${pathname}`,
    count: () => requests,
    setOutage: (value) => {
      passes = value ? 0 : Number.POSITIVE_INFINITY
    },
    outageAfter: (value) => {
      passes = value
    },
    holdRequests(after = 0) {
      const { promise, resolve } = Promise.withResolvers<void>()
      held = { from: requests + after, until: promise }
      return () => {
        held = undefined
        resolve()
      }
    },
    injectFault: (how, after = 0) => {
      fault = how ? { from: requests + after, how } : undefined
    },
    async close() {
      const closed = new Promise((resolve) => server.close(resolve))
      server.closeAllConnections()
      agent.destroy()
      await closed
    },
  }
}

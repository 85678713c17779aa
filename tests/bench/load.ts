import { createHistogram } from 'node:perf_hooks'
import autocannon from 'autocannon'

/** A request as it goes over the wire. */
export type Request = {
  method?: 'GET' | 'POST' | 'PUT' | 'DELETE'
  path: string
  headers?: Record<string, string>
  body?: string
}

/** What a load was like. Times are in milliseconds. */
export type Figures = { requests: number; seconds: number; p50: number; p99: number }

type LoadOptions = {
  origin: URL
  /** What each connection asks for, in turns; the connection's number tells them apart. */
  requestsOf: (connection: number) => [Request, ...Request[]]
  connections: number
  seconds: number
  /** Requests a second of all connections together; left out, each asks again once it is answered. */
  rate?: number
}

/**
 * Asks over and over for some seconds, on connections that are kept, each waiting for its answer before it asks again.
 * @throws Error if any answer was no success. That there was none in time is no error.
 */
export async function load({ origin, requestsOf, connections, seconds, rate }: LoadOptions): Promise<Figures> {
  const micros = createHistogram()
  let opened = 0
  const [first] = requestsOf(0)
  const options = {
    url: origin.href,
    connections,
    duration: seconds,
    requests: [toWire(first)],
    ...(rate === undefined ? {} : { overallRate: rate, ignoreCoordinatedOmission: true }),
    setupClient: (client: autocannon.Client) => {
      client.setRequests(requestsOf(opened).map(toWire))
      opened += 1
    },
  }
  const result = await new Promise<autocannon.Result>((resolve, reject) => {
    const run = autocannon(options, (error, figures) => (error ? reject(error) : resolve(figures)))
    run.on('response', (_client, _status, _bytes, ms) => micros.record(Math.max(1, Math.round(ms * 1000))))
  })
  const failures = result.non2xx + result.errors + result.timeouts
  if (failures > 0) {
    const codes = JSON.stringify(result.statusCodeStats)
    throw new Error(`${failures} failures of ${first.method ?? 'GET'} ${first.path}, answers by status: ${codes}`)
  }
  return {
    requests: result['2xx'],
    seconds: result.duration,
    p50: micros.percentile(50) / 1000,
    p99: micros.percentile(99) / 1000,
  }
}

const toWire = ({ method = 'GET', path, headers = {}, body }: Request) => ({
  method,
  path,
  headers,
  ...(body === undefined ? {} : { body }),
})

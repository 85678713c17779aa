import { createHistogram } from 'node:perf_hooks'
import autocannon from 'autocannon'

/** An HTTP request. */
export type Request = {
  method?: 'GET' | 'POST' | 'PUT' | 'DELETE'
  path: string
  headers?: Record<string, string>
  body?: string
}

/** Results of a load. Times are in milliseconds. */
export type Figures = { requests: number; seconds: number; p50: number; p99: number }

type LoadOptions = {
  origin: URL
  /** Requests that a connection repeats in order, by the connection’s number. */
  requestsOf: (connection: number) => [Request, ...Request[]]
  connections: number
  seconds: number
  /** Requests per second of all connections together; if left out, each sends its next request after an answer. */
  rate?: number
}

/**
 * Repeats requests for some seconds on kept-alive connections; each waits for the answer before its next request.
 * @throws Error if any answer is not a success. A load without any answer is no error.
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

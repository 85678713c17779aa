import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Connections } from './neon/connections.ts'
import { openConnections } from './neon/connections.ts'
import { NeonError, toErrorAnswer } from './neon/error.ts'
import { parsePayload, readBody, readTarget } from './neon/request.ts'
import { runBatch, runSingle } from './neon/run.ts'

/** Options of the endpoint. */
export interface NeonEndpointOptions {
  /** Port on 127.0.0.1; 0 picks a free one. */
  port: number
  /** The server behind the endpoint; database, user and password come with each request. */
  postgres: { host: string; port: number; ssl?: boolean }
  /** Limit of open sessions over all databases; further requests wait. */
  maxConnections?: number
}

/** A running endpoint. `url` is what `neonConfig.fetchEndpoint` returns. */
export interface NeonEndpoint {
  url: string
  port: number
  stop(): Promise<void>
}

/**
 * Serves Neon's SQL-over-HTTP protocol in front of any Postgres, as far as the serverless driver uses it.
 *
 * Protocol: https://github.com/neondatabase/neon/blob/main/proxy/src/serverless/sql_over_http.rs
 */
export async function startNeonEndpoint(options: NeonEndpointOptions): Promise<NeonEndpoint> {
  const connections = openConnections(options.postgres, options.maxConnections ?? 90)
  const server = createServer((request, response) => void handleRequest(request, response, connections))
  // Longer than clients keep idle connections, so that a connection is never closed while a request is being sent.
  server.keepAliveTimeout = 120_000
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port, '127.0.0.1', resolve)
  })
  const { port } = server.address() as AddressInfo

  return {
    url: `http://127.0.0.1:${port}/sql`,
    port,
    async stop() {
      const closed = new Promise((resolve) => server.close(resolve))
      server.closeAllConnections()
      await closed
      await connections.close()
    },
  }
}

async function handleRequest(
  request: IncomingMessage,
  response: ServerResponse,
  connections: Connections,
): Promise<void> {
  const abort = new AbortController()
  response.once('close', () => {
    if (!response.writableFinished) abort.abort()
  })
  try {
    const { body, headers } = await runRequest(request, connections, abort.signal)
    send(response, 200, body, headers)
  } catch (error) {
    const { status, body } = toErrorAnswer(error)
    send(response, status, JSON.stringify(body))
  }
}

async function runRequest(
  request: IncomingMessage,
  connections: Connections,
  signal: AbortSignal,
): Promise<{ body: string; headers?: Record<string, string> }> {
  if (request.url !== '/sql') throw new NeonError(404, 'not found')
  if (request.method !== 'POST') throw new NeonError(405, 'method not allowed')
  const body = await readBody(request)
  const target = readTarget(request.headers)
  const payload = parsePayload(body, request.headers)
  const lease = await connections.borrow(target, signal)
  try {
    return payload.kind === 'single'
      ? { body: await runSingle(lease, payload.statement) }
      : { body: await runBatch(lease, payload), headers: payload.echo }
  } finally {
    void lease.giveBack()
  }
}

function send(response: ServerResponse, status: number, body: string, headers: Record<string, string> = {}): void {
  if (response.destroyed) return
  response.writeHead(status, { 'content-type': 'application/json', ...headers })
  response.end(body)
}

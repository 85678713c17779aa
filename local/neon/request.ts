import type { IncomingHttpHeaders, IncomingMessage } from 'node:http'
import { NeonError } from './error.ts'
import { toTextParameter } from './values.ts'

const MAX_REQUEST_BYTES = 10 * 1024 * 1024

const ISOLATION_LEVELS: Record<string, string> = {
  ReadUncommitted: 'READ UNCOMMITTED',
  ReadCommitted: 'READ COMMITTED',
  RepeatableRead: 'REPEATABLE READ',
  Serializable: 'SERIALIZABLE',
}

/** Database and user of a request. */
export interface Target {
  database: string
  user: string
  password: string
}

/** A statement with its parameters in Postgres's text format, and the format of its rows. */
export interface Statement {
  text: string
  values: (string | null)[]
  asArrays: boolean
  asRawText: boolean
}

/** Statements to run in one transaction. `begin`: the statement that opens it. `echo`: headers to repeat in the response. */
export interface Batch {
  kind: 'batch'
  begin: string
  statements: Statement[]
  echo: Record<string, string>
}

/** The content of a request. */
export type Payload = { kind: 'single'; statement: Statement } | Batch

/** Parses the connection string header. Throws a `NeonError` with status 400 and the proxy's message. */
export function readTarget(headers: IncomingHttpHeaders): Target {
  const header = headers['neon-connection-string']
  if (typeof header !== 'string') throw new NeonError(400, 'invalid header: neon-connection-string')
  const url = URL.parse(header)
  if (url === null) throw new NeonError(400, 'invalid connection string: relative URL without a base')
  if (url.protocol !== 'postgres:' && url.protocol !== 'postgresql:') throw new NeonError(400, 'incorrect scheme')
  const database = decodeURIComponent(url.pathname.split('/')[1] ?? '')
  if (database === '') throw new NeonError(400, 'missing database name')
  if (url.username === '') throw new NeonError(400, 'missing username')
  if (url.password === '') throw new NeonError(400, 'missing authentication credentials: required password')
  return { database, user: decodeURIComponent(url.username), password: decodeURIComponent(url.password) }
}

/**
 * Reads the whole body; null over 10 MiB. Even then it reads to the end: a client that gets a response while it still sends
 * closes the connection.
 */
export async function readBody(request: IncomingMessage): Promise<string | null> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size <= MAX_REQUEST_BYTES) chunks.push(chunk)
    else chunks.length = 0
  }
  return size > MAX_REQUEST_BYTES ? null : Buffer.concat(chunks).toString('utf8')
}

/**
 * Parses the statements of a body, and the headers that say how to run them. Throws status 400, or 413 for a too large body
 * (null).
 */
export function parsePayload(body: string | null, headers: IncomingHttpHeaders): Payload {
  const begin = beginOf(headers)
  if (body === null) throw new NeonError(413, `request is too large (max is ${MAX_REQUEST_BYTES} bytes)`)
  const json = parseJson(body)
  const options = {
    asArrays: headers['neon-array-mode'] === 'true',
    asRawText: headers['neon-raw-text-output'] === 'true',
  }
  if (isRecord(json) && typeof json.query === 'string') {
    return { kind: 'single', statement: toStatement(json, options) }
  }
  if (isRecord(json) && Array.isArray(json.queries)) {
    const statements = json.queries.map((query) => toStatement(query, options))
    return { kind: 'batch', begin, statements, echo: echoOf(headers) }
  }
  throw unparsable('data did not match any variant of untagged enum Payload')
}

function toStatement(json: unknown, options: { asArrays: boolean; asRawText: boolean }): Statement {
  if (!isRecord(json) || typeof json.query !== 'string') throw unparsable('missing field `query`')
  const params = json.params ?? []
  if (!Array.isArray(params)) throw unparsable('invalid type: expected a sequence')
  return {
    text: json.query,
    values: params.map(toTextParameter),
    asArrays: typeof json.arrayMode === 'boolean' ? json.arrayMode : options.asArrays,
    asRawText: options.asRawText,
  }
}

function beginOf(headers: IncomingHttpHeaders): string {
  const level = headers['neon-batch-isolation-level']
  const isolation = level === undefined ? undefined : ISOLATION_LEVELS[String(level)]
  if (level !== undefined && isolation === undefined) throw new NeonError(400, 'invalid isolation level')
  return [
    'BEGIN',
    ...(isolation === undefined ? [] : [`ISOLATION LEVEL ${isolation}`]),
    ...(headers['neon-batch-read-only'] === 'true' ? ['READ ONLY'] : []),
    ...(headers['neon-batch-deferrable'] === 'true' ? ['DEFERRABLE'] : []),
  ].join(' ')
}

function echoOf(headers: IncomingHttpHeaders): Record<string, string> {
  const names = ['neon-batch-isolation-level', 'neon-batch-read-only', 'neon-batch-deferrable']
  return Object.fromEntries(names.flatMap((name) => (headers[name] ? [[name, String(headers[name])]] : [])))
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch (error) {
    throw unparsable(error instanceof Error ? error.message : 'not JSON')
  }
}

function unparsable(reason: string): NeonError {
  return new NeonError(400, `could not parse the HTTP request body: ${reason}`)
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

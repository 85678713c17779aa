import { once } from 'node:events'
import { Agent, type IncomingMessage, request } from 'node:http'
import { json } from 'node:stream/consumers'
import { neon, neonConfig } from '@neondatabase/serverless'
import { beforeAll, describe, expect, inject, it } from 'vitest'
import { type Database, makeDatabase } from '../../tests/harness/database.ts'
import { startNeonEndpoint } from '../neon.ts'

let db: Database
beforeAll(async () => {
  db = await makeDatabase('template0')
  neonConfig.fetchEndpoint = () => inject('postgres').neonEndpoint
})

describe('the wire', () => {
  it('returns JSON values unless raw text is requested', async () => {
    const { body } = await post({
      query: `select 1::int2 as a, 1.5::float8 as b, 'NaN'::float8 as c, true as d, '{"x":1}'::json as e,
        '{1,NULL,3}'::int[] as f, '[0:1]={a,"b,c"}'::text[] as g, 5::int8 as h, null::int as i`,
    })
    expect(body).toMatchObject({
      rowAsArray: false,
      rows: [{ a: 1, b: 1.5, c: 'NaN', d: true, e: { x: 1 }, f: [1, null, 3], g: ['a', 'b,c'], h: '5', i: null }],
    })
  })

  it('converts parameters as the proxy does', async () => {
    const { body } = await post({
      query: 'select $1 as a, $2 as b, $3 as c, $4 as d, $5 as e',
      params: [null, 1.5, false, { k: 'v' }, ['a"b', null, [1, true], { k: 1 }]],
      arrayMode: true,
    })
    expect(body.rows).toEqual([[null, '1.5', 'false', '{"k":"v"}', '{"a\\"b",NULL,{1,true},"{\\"k\\":1}"}']])
  })

  it('returns a null count for commands without one', async () => {
    const { body } = await post({ query: 'create temp table t (a int)' })
    expect(body).toMatchObject({ command: 'CREATE', rowCount: null, rows: [], fields: [] })
  })

  /** Returns the body of an error of the proxy itself. */
  const proxyError = (message: unknown) => ({
    message,
    code: '',
    severity: '',
    detail: null,
    hint: null,
    position: null,
    internalPosition: null,
    internalQuery: null,
    where: null,
    table: null,
    column: null,
    schema: null,
    dataType: null,
    constraint: null,
    file: null,
    line: null,
    routine: null,
  })

  it.each([
    [undefined, 'invalid header: neon-connection-string'],
    ['nonsense', 'invalid connection string: relative URL without a base'],
    ['mysql://u:p@h/db', 'incorrect scheme'],
    ['postgres://u:p@h', 'missing database name'],
    ['postgres://h/db', 'missing username'],
    ['postgres://u@h/db', 'missing authentication credentials: required password'],
  ])('refuses the connection string %s', async (header, message) => {
    const refused = { status: 400, body: proxyError(message) }
    expect(await post({ query: 'select 1' }, { connection: header })).toEqual(refused)
  })

  it.each([
    ['password', (url: URL) => Object.assign(url, { password: 'wrong' })],
    ['user', (url: URL) => Object.assign(url, { username: 'nobody' })],
  ])('refuses a wrong %s with 400 and no SQLSTATE', async (_, change) => {
    const wrong = change(new URL(db.url))
    const message = `password authentication failed for user '${wrong.username}'`
    const refused = { status: 400, body: proxyError(message) }
    expect(await post({ query: 'select 1' }, { connection: wrong.href })).toEqual(refused)
    await expect(neon(wrong.href)`select 1`).rejects.toMatchObject({ name: 'NeonDbError', message, code: '' })
  })

  it('refuses a body without a query', async () => {
    expect(await post({ nothing: true })).toEqual({
      status: 400,
      body: proxyError(expect.stringContaining('could not parse the HTTP request body')),
    })
  })

  it.each([
    ['has a content length', (size: number) => ({ 'content-length': size })],
    ['is sent in chunks', () => ({ 'transfer-encoding': 'chunked' })],
  ])('refuses a body over 10 MiB that %s with 413, and leaves the connection usable', async (_, lengthOf) => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 })
    const ask = async (body: string) => {
      const headers = { 'neon-connection-string': db.url, ...lengthOf(body.length) }
      const asked = request(inject('postgres').neonEndpoint, { method: 'POST', agent, headers })
      const answered = once(asked, 'response') as Promise<[IncomingMessage]>
      asked.end(body)
      const [response] = await answered
      return { status: response.statusCode, body: await json(response), reused: asked.reusedSocket }
    }
    const large = JSON.stringify({ query: 'select 1', params: ['x'.repeat(10 * 1024 * 1024)] })
    const message = 'request is too large (max is 10485760 bytes)'
    expect(await ask(large)).toEqual({ status: 413, body: proxyError(message), reused: false })
    const small = JSON.stringify({ query: 'select 1::int as one' })
    expect(await ask(small)).toMatchObject({ status: 200, body: { rows: [{ one: 1 }] }, reused: true })
    agent.destroy()
  })

  it('refuses an unknown isolation level', async () => {
    const answer = await post({ queries: [] }, { headers: { 'neon-batch-isolation-level': 'Chaos' } })
    expect(answer).toEqual({ status: 400, body: proxyError('invalid isolation level') })
  })

  it('refuses a response of more than 10 MiB with 507', async () => {
    const tooLarge = { status: 507, body: proxyError('response is too large (max is 10485760 bytes)') }
    expect(await post({ query: "select repeat('x', 1024 * 1024) from generate_series(1, 11)" })).toEqual(tooLarge)
    // The size in JSON counts: escaped, each of these texts is six times as long.
    const escaped = { query: "select repeat(e'\\x01', 1024 * 1024) from generate_series(1, 3)" }
    expect(await post(escaped)).toEqual(tooLarge)
    expect(await post({ queries: [escaped, { query: 'select 1' }] })).toEqual(tooLarge)
  })

  it('answers 500 with a reason while Postgres is down', async () => {
    const orphan = await startNeonEndpoint({ port: 0, postgres: { host: '127.0.0.1', port: 1 } })
    const answer = await post({ query: 'select 1' }, { url: orphan.url })
    await orphan.stop()
    const reason = expect.stringContaining('could not reach Postgres: connect ECONNREFUSED')
    expect(answer).toEqual({ status: 500, body: proxyError(reason) })
  })

  it('answers 400 with Postgres’s error when a session is terminated during a statement', async () => {
    const answer = await post({ query: 'select pg_terminate_backend(pg_backend_pid())' })
    expect(answer).toMatchObject({ status: 400, body: { code: '57P01', severity: 'FATAL' } })
    expect(await post({ query: 'select 1::int as one' })).toMatchObject({ status: 200 })
  })
})

interface PostOptions {
  connection?: string | undefined
  headers?: Record<string, string>
  url?: string
}

async function post(body: object, options: PostOptions = {}) {
  const connection = 'connection' in options ? options.connection : db.url
  const response = await fetch(options.url ?? inject('postgres').neonEndpoint, {
    method: 'POST',
    headers: { ...(connection !== undefined && { 'neon-connection-string': connection }), ...options.headers },
    body: JSON.stringify(body),
  })
  return { status: response.status, body: (await response.json()) as Record<string, unknown> }
}

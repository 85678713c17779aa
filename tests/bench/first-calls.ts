import pg from 'pg'
import { type Payload, parsePayload } from '../../local/neon/request.ts'
import { cpuWhenIdle } from './processes.ts'
import type { Recorded } from './recording-proxy.ts'

/** Cost of a request in Postgres, in ms: CPU of the connection’s backend, and time until the last answer. */
export type Call = { cpu: number; ms: number }

/** Costs on one connection: opening it, its first request, and its later requests. */
export type Calls = { opening: Call; first: Call; later: Call[] }

/** Parses a recorded request. */
export const toPayload = ({ body, headers }: Recorded): Payload => parsePayload(body, headers)

/** Opens a connection and repeats one request on it, with unnamed statements, as Neon sends them. */
export async function sampleCalls(url: string, payload: Payload, later: number): Promise<Calls> {
  const client = new pg.Client({ connectionString: url })
  const startedAt = performance.now()
  await client.connect()
  const ms = performance.now() - startedAt
  try {
    const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid')
    const pid = rows[0]?.pid ?? Number.NaN
    const opening = { cpu: await cpuWhenIdle(pid), ms }
    const first = await call(client, pid, payload)
    const calls: Call[] = []
    for (let i = 0; i < later; i += 1) calls.push(await call(client, pid, payload))
    return { opening, first, later: calls }
  } finally {
    await client.end()
  }
}

async function call(client: pg.Client, pid: number, payload: Payload): Promise<Call> {
  const before = await cpuWhenIdle(pid)
  const startedAt = performance.now()
  await send(client, payload)
  const ms = performance.now() - startedAt
  return { cpu: (await cpuWhenIdle(pid)) - before, ms }
}

async function send(client: pg.Client, payload: Payload): Promise<void> {
  if (payload.kind === 'single') {
    await client.query(payload.statement.text, payload.statement.values)
    return
  }
  await client.query(payload.begin)
  for (const { text, values } of payload.statements) await client.query(text, values)
  await client.query('commit')
}

/** Number of statements in a request. */
export const countStatements = (payload: Payload): number => (payload.kind === 'single' ? 1 : payload.statements.length)

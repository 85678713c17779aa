import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Postgres, startPostgres } from '../../local/postgres.ts'
import { cpuWhenIdle, findDescendant, parentOf, postgresCpuMs } from './processes.ts'

/** A query that takes some tenths of a second of CPU. */
const BUSY = 'select count(*) from generate_series(1, 2000000) n where sqrt(n) < 0'

/** The kernel rounds both user and system time of an ended child down to ticks of 10 ms. */
const ROUNDED_MS = 20

// Other test files use the Postgres of the test run, which would add to the CPU measured here.
let postgres: Postgres
beforeAll(async () => {
  postgres = await startPostgres({ port: 0, durable: false })
})
afterAll(() => postgres.stop())

async function connect(): Promise<{ client: pg.Client; pid: number }> {
  const client = new pg.Client({ connectionString: postgres.url })
  await client.connect()
  const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid')
  return { client, pid: rows[0]?.pid ?? Number.NaN }
}

test('the CPU of Postgres includes open connections, and closed ones', async () => {
  const { client, pid } = await connect()
  const postmaster = parentOf(pid)
  const before = postgresCpuMs(postmaster)
  const idle = await cpuWhenIdle(pid)
  await client.query(BUSY)
  const spent = (await cpuWhenIdle(pid)) - idle
  expect(spent).toBeGreaterThan(2 * ROUNDED_MS)
  expect(postgresCpuMs(postmaster) - before).toBeGreaterThanOrEqual(spent)

  await client.end()
  await expect.poll(() => parentOrNull(pid)).toBeNull()
  expect(postgresCpuMs(postmaster) - before).toBeGreaterThan(spent - ROUNDED_MS)
})

function parentOrNull(pid: number): number | null {
  try {
    return parentOf(pid)
  } catch {
    return null
  }
}

test('finding a process that does not run is an error', () => {
  expect(() => findDescendant('a command that nobody runs')).toThrow(
    '0 processes run a command that nobody runs; one was expected.',
  )
})

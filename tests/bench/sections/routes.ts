import pg from 'pg'
import { Client } from '../../harness/client.ts'
import type { Bench } from '../bench.ts'
import type { Report } from '../report.ts'
import { type Against, reportRoutes } from '../route-report.ts'
import { measureRoutes } from '../route-rounds.ts'
import { assertSameRows } from '../yardstick-query.ts'

/** Cost of the main routes: signed out from the caches and from the database, signed in, and writes. */
export async function routes(bench: Bench): Promise<Report> {
  const sides = await bench.sides()
  for (const side of sides) await assertYardstick(side)
  await assertSessionRow(bench)
  const [, other] = sides
  return reportRoutes(await measureRoutes(sides), other && (await describe(other)))
}

/** Throws an error unless the yardstick query has the same rows as the feed of everyone. */
async function assertYardstick(side: Bench): Promise<void> {
  const origin = await (await side.workers()).urlOf('uncached')
  const { status, body } = await new Client(origin.origin).get('/api/activities/everyone')
  if (status !== 200) throw new Error(`The feed of everyone was answered by ${status}.`)
  await assertSameRows((await side.stack()).url, body)
}

/** Throws an error unless signing in creates a row in `sessions`, which each signed-in request then reads. */
async function assertSessionRow(bench: Bench): Promise<void> {
  const reader = await bench.signIn(await (await bench.workers()).urlOf('uncached'), 'reader')
  const { status, body } = await reader.get('/api/session/devices')
  const devices: { current: boolean }[] = status === 200 ? body.data : []
  if (!devices.some(({ current }) => current)) throw new Error('The session of the reader has no row.')
}

async function describe(side: Bench): Promise<Against> {
  const { url } = await side.stack()
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    // The last statement of an idle connection is the one that has reset it.
    const { rowCount } = await client.query(`select from pg_stat_activity where query = 'DISCARD ALL'`)
    return { name: side.commit.name, notes: rowCount === 0 ? [] : [DISCARDS] }
  } finally {
    await client.end()
  }
}

const DISCARDS =
  'Its own Neon endpoint resets each connection by `DISCARD ALL`, which throws the plans of functions away; Neon keeps them.'

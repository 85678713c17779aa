import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Database, makeDatabase } from '../harness/database.ts'
import { generate } from './generate.ts'
import { assertSameRows, connectForQuery, loadQuery, YARDSTICK_QUERY, type YardstickRow } from './yardstick-query.ts'

let db: Database
let client: pg.Client
beforeAll(async () => {
  db = await makeDatabase()
  client = new pg.Client({ connectionString: db.url })
  await client.connect()
  await generate(client, { cruds: 400, people: 40 })
})
afterAll(() => client.end())

async function readActivities(): Promise<YardstickRow['activity'][]> {
  const { rows } = await client.query<YardstickRow>(YARDSTICK_QUERY)
  return rows.map(({ activity }) => activity)
}

test('the yardstick query returns twenty live activities that are no replies, newest first', async () => {
  const uuids = (await readActivities()).map(({ uuid }) => uuid)
  expect(uuids).toHaveLength(20)
  expect(uuids).toEqual(uuids.toSorted().toReversed())
  const { rows: live } = await client.query(
    'select uuid from activities where uuid = any ($1) and expires_at > now() and reply_to_activity_uuid is null',
    [uuids],
  )
  expect(live).toHaveLength(20)
})

test('comparing the yardstick query with a feed of other rows is an error', async () => {
  const data = await readActivities()
  await expect(assertSameRows(db.url, { data })).resolves.toBeUndefined()
  await expect(assertSameRows(db.url, { data: data.toReversed() })).rejects.toThrow('other rows')
})

test('each connection plans the yardstick query once, however often it runs', async () => {
  const [first, second] = await connectForQuery(db.url, 2)
  if (!first || !second) throw new Error('There are fewer than two connections.')
  try {
    const { requests } = await loadQuery([first, second], 0.2)
    expect(requests).toBeGreaterThan(2)
    const { rows } = await first.query(
      'select name, generic_plans > 0 as is_generic, custom_plans::int4 from pg_prepared_statements',
    )
    expect(rows).toEqual([{ name: 'yardstick', is_generic: true, custom_plans: 0 }])
  } finally {
    await Promise.all([first.end(), second.end()])
  }
})

import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeDatabase } from '../tests/harness/database.ts'
import { readFunctionFiles } from './function-files.ts'

const schema = readFunctionFiles()?.schema

// `reader` follows 600 users. For that many, feeds scan the newest items of all users, and probe each followee only if that finds
// too few. Five followees write and repost a little; strangers write 5,200 activities newer than half of those.
const STATEMENTS = [
  `insert into users (cognito_sub, handle, display_name, email)
   select name, name, name, name || '@example.com'
   from (
     select 'reader' as name
     union all select 'followee' || n from generate_series(1, 600) n
     union all select 'stranger' || n from generate_series(1, 3) n
   ) names`,
  `insert into follows (follower_uuid, followed_uuid)
   select (select uuid from users where handle = 'reader'), uuid from users where handle like 'followee%'`,
  `create function pg_temp.write(handles text, amount integer, age interval) returns void language sql as $$
     with written as (
       insert into activities (uuid, root_uuid, user_uuid, message, created_at, expires_at)
       select id, id, author.uuid, 'crud', now() - age, now() - age + interval '7 days' + n * interval '1 millisecond'
       from (select n, uuidv7(-age + n * interval '1 millisecond') as id from generate_series(1, amount) n) numbered
       join (select uuid, row_number() over (order by uuid) as position, count(*) over () as total
             from users where handle ~ handles) author on author.position = 1 + n % author.total
       returning uuid, user_uuid
     )
     insert into feed_items (uuid, actor_uuid, activity_uuid, kind) select uuid, user_uuid, uuid, 'activity' from written
   $$`,
  `select pg_temp.write('^followee[1-5]$', 20, '3 hours')`,
  `select pg_temp.write('^stranger', 5200, '2 hours')`,
  `select pg_temp.write('^followee[1-5]$', 20, '1 hour')`,
  // Reposts of activities of followees and strangers; two followees repost the same one.
  `insert into feed_items (actor_uuid, activity_uuid, kind)
   select users.uuid, activity.uuid, 'repost'
   from (
     (select uuid, user_uuid from activities order by uuid limit 3)
     union all
     (select uuid, user_uuid from activities where user_uuid in (select uuid from users where handle = 'stranger1') limit 3)
   ) activity
   join users on handle in ('followee1', 'followee9') and users.uuid <> activity.user_uuid`,
  'analyze',
]

type FeedRow = { activity: { uuid: string }; position: string }

let client: pg.Client
beforeAll(async () => {
  client = new pg.Client({ connectionString: (await makeDatabase()).url })
  await client.connect()
  for (const statement of STATEMENTS) await client.query(statement)
})
afterAll(() => client.end())

async function rowsOf<Row extends pg.QueryResultRow>(text: string, values: unknown[] = []): Promise<Row[]> {
  const { rows } = await client.query<Row>(text, values)
  return rows
}

const uuidsOf = async (text: string) => (await rowsOf<{ uuid: string }>(text)).map(({ uuid }) => uuid)

test('home shows each activity once, by its newest item, to a viewer with many followees', async () => {
  const expected = await uuidsOf(
    `select activity_uuid as uuid
     from feed_items
     where actor_uuid in (select followed_uuid from follows)
     group by activity_uuid
     order by max(feed_items.uuid::text) desc`,
  )
  const read = async (top: string | null, before: string | null): Promise<FeedRow[]> =>
    (await client.query(`select activity, position from ${schema}.read_home('reader', $1, $2, 8)`, [top, before])).rows
  const shown: string[] = []
  let top: string | null = null
  let before: string | null = null
  do {
    const rows = await read(top, before)
    shown.push(...rows.slice(0, 7).map(({ activity }) => activity.uuid))
    top ??= rows[0]?.position ?? null
    before = rows.length === 8 ? (rows[6]?.position ?? null) : null
  } while (before)
  expect(expected).toHaveLength(43)
  expect(shown).toEqual(expected)
})

import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Database, makeDatabase } from '../harness/database.ts'
import { generate } from './generate.ts'

// The generator turns triggers and foreign keys off, so these tests check what they would have ensured.

const SIZE = { cruds: 400, people: 40 }

let db: Database
let client: pg.Client
beforeAll(async () => {
  db = await makeDatabase()
  client = new pg.Client({ connectionString: db.url })
  await client.connect()
  await generate(client, SIZE)
})
afterAll(() => client.end())

async function count(text: string): Promise<number> {
  const { rows } = await client.query({ text, rowMode: 'array' })
  return Number(rows[0]?.[0])
}

test('the site has the wanted size, and rows of every kind', async () => {
  expect(await count('select count(*) from users')).toBe(SIZE.people)
  const live = 'select count(*) from activities where expires_at > now()'
  expect(await count(`${live} and reply_to_activity_uuid is null`)).toBeGreaterThan(SIZE.cruds - 5)
  expect(await count(`${live} and expires_at < now() + interval '1 day'`)).toBeGreaterThan(SIZE.cruds / 10)
  for (const table of [
    'likes',
    'reposts',
    'activity_tags',
    'mentions',
    'messages',
    'idempotency_keys',
    'circle_members',
  ]) {
    expect(await count(`select count(*) from ${table}`), table).toBeGreaterThan(5)
  }
  const { rows } = await client.query('select distinct kind from notifications order by kind')
  expect(rows.map(({ kind }) => kind)).toEqual(['follow', 'like', 'mention', 'reply', 'repost'])
})

test('a third is for some only, which is in no feed of everybody, reposted or tagged', async () => {
  const limited = `activities where audience <> 'everyone'`
  expect(await count(`select count(*) from ${limited} and reply_to_activity_uuid is null`)).toBeGreaterThan(
    SIZE.cruds / 4,
  )
  expect(await count(`select count(distinct audience) from ${limited}`)).toBe(3)
  for (const table of [`feed_items where kind <> 'limited' and`, 'reposts where', 'activity_tags where']) {
    expect(await count(`select count(*) from ${table} activity_uuid in (select uuid from ${limited})`), table).toBe(0)
  }
  const replies = 'activities reply join activities root on root.uuid = reply.root_uuid'
  expect(await count(`select count(*) from ${replies} where reply.audience <> root.audience`)).toBe(0)
})

test.each([
  ['activities', 'likes_count', 'select count(*) from likes where activity_uuid = parent.uuid'],
  ['activities', 'reposts_count', 'select count(*) from reposts where activity_uuid = parent.uuid'],
  ['activities', 'stored_replies_count', 'select count(*) from activities where reply_to_activity_uuid = parent.uuid'],
  ['users', 'followers_count', 'select count(*) from follows where followed_uuid = parent.uuid'],
  ['users', 'following_count', 'select count(*) from follows where follower_uuid = parent.uuid'],
  [
    'message_group_members',
    'last_message_uuid',
    `select uuid from messages where message_group_uuid = parent.message_group_uuid order by uuid desc limit 1`,
  ],
  [
    'message_group_members',
    'last_received_uuid',
    `select uuid from messages where message_group_uuid = parent.message_group_uuid and user_uuid <> parent.user_uuid
     order by uuid desc limit 1`,
  ],
])('%s: %s is what triggers would have written', async (table, column, counted) => {
  expect(await count(`select count(*) from ${table} where ${column} is not null`)).toBeGreaterThan(0)
  expect(await count(`select count(*) from ${table} parent where ${column} is distinct from (${counted})`)).toBe(0)
})

test('every foreign key refers to an existing row', async () => {
  const { rows } = await client.query<{ name: string; orphans: string }>(
    `select conname as name, format(
       'select count(*) from %s child where %I is not null and not exists (select from %s parent where parent.uuid = child.%2$I)',
       conrelid::regclass, attname, confrelid::regclass
     ) as orphans
     from pg_constraint
     join pg_attribute on attrelid = conrelid and attnum = conkey[1]
     where contype = 'f'`,
  )
  expect(rows.length).toBeGreaterThan(20)
  for (const { name, orphans } of rows) expect(await count(orphans), name).toBe(0)
})

test('indexes and triggers are enabled again', async () => {
  expect(await count('select count(*) from pg_index where not (indisready and indisvalid)')).toBe(0)
  const { rows } = await client.query<{ uuid: string; replies: number }>(
    'select uuid, stored_replies_count as replies from activities where reply_to_activity_uuid is null limit 1',
  )
  const [{ uuid, replies } = { uuid: '', replies: 0 }] = rows
  await client.query(
    `insert into activities (reply_to_activity_uuid, root_uuid, user_uuid, message, expires_at)
     select uuid, uuid, user_uuid, 'one more', now() + interval '1 minute' from activities where uuid = $1`,
    [uuid],
  )
  expect(await count(`select stored_replies_count from activities where uuid = '${uuid}'`)).toBe(replies + 1)
})

test('the famous, the curious and the ordinary user have their follows and cruds', async () => {
  const { rows } = await client.query(
    `select handle, followers_count, following_count,
       (select count(*)::integer from activities where user_uuid = users.uuid and reply_to_activity_uuid is null) as cruds
     from users where handle in ('famous', 'curious', 'ordinary') order by handle`,
  )
  const [curious, famous, ordinary] = rows
  expect(famous).toMatchObject({ followers_count: SIZE.people - 1, cruds: 12 })
  expect(curious.following_count).toBeGreaterThanOrEqual(SIZE.people - 3)
  expect(ordinary).toMatchObject({ followers_count: 0, cruds: 4 })
  expect(await count(`select max(stored_replies_count) from activities`)).toBeGreaterThanOrEqual(200)
})

test('there are a rare word, a common word, and a word of old cruds only', async () => {
  const withWord = (word: string) =>
    `from activities where search @@ '${word}'::tsquery and uuid_extract_timestamp(uuid) `
  expect(await count(`select count(*) ${withWord('rarity')} is not null`)).toBe(12)
  expect(await count(`select count(*) ${withWord('kalan')} is not null`)).toBeGreaterThan(SIZE.cruds / 4)
  expect(await count(`select count(*) ${withWord('bygone')} < now() - interval '20 days'`)).toBeGreaterThan(0)
  expect(await count(`select count(*) ${withWord('bygone')} > now() - interval '20 days'`)).toBe(0)
})

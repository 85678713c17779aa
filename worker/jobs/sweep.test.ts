import { beforeEach, expect, test } from 'vitest'
import { type Database, makeDatabase } from '../../tests/harness/database.ts'
import { makeJobEnv } from '../../tests/harness/worker-env.ts'
import { Db } from '../db/client.ts'
import type { Env } from '../env.ts'
import { expiredActivities, sweepBatch } from '../models/sweep.ts'
import { finishAccountDeletions } from './finish-account-deletions.ts'
import { sweep } from './sweep.ts'

const BATCH = 50

let database: Database
let env: Env
let db: Db
beforeEach(async () => {
  database = await makeDatabase()
  env = makeJobEnv(database, {})
  db = new Db({ databaseUrl: env.databaseUrl, neonEndpoint: env.neonEndpoint })
  const statements = [
    `insert into users (cognito_sub, handle, display_name, email)
     select name, name, name, name from unnest(array['anna', 'ben']) name`,
    // Records how many rows each statement deletes, cascades included.
    'create table deletions (kind text, count integer)',
    `create function note_deletion() returns trigger language plpgsql security definer as
     'begin insert into deletions select tg_table_name, count(*) from gone; return null; end'`,
    ...['activities', 'likes'].map(
      (table) => `create trigger note after delete on ${table} referencing old table as gone
                  for each statement execute function note_deletion()`,
    ),
  ]
  for (const statement of statements) await database.sql(statement)
})

/** Adds an activity that expired a minute ago, or expires in a day; returns its uuid. */
async function addActivity(handle: string, expiry: 'expired' | 'live'): Promise<string> {
  const [row] = await database.sql<{ uuid: string }>(
    `insert into activities (uuid, root_uuid, user_uuid, message, created_at, expires_at)
     select made, made, users.uuid, 'hi', now() - interval '2 hours', now() + $2::interval
     from users, (select uuidv7() as made) fresh where handle = $1
     returning uuid`,
    [handle, expiry === 'expired' ? '-1 minute' : '1 day'],
  )
  return row?.uuid ?? ''
}

/** SQL of the parent's number of reply number n; 0 is the root. */
const SHAPES = { wide: '0', deep: 'n - 1', mixed: 'floor(random() * n)::integer' }

/** Adds replies by ben below an activity; they expire in a day. */
const addReplies = (root: string, count: number, shape: keyof typeof SHAPES) =>
  database.sql(
    `with fresh as materialized (
       select n, ${SHAPES[shape]} as parent, uuidv7() as uuid from generate_series(1, $2::integer) n order by n
     )
     insert into activities (uuid, root_uuid, reply_to_activity_uuid, user_uuid, message, created_at, expires_at)
     select fresh.uuid, $1::uuid, coalesce(parent.uuid, $1::uuid), users.uuid, 'reply',
       now() - interval '1 hour', now() + interval '1 day'
     from users, fresh left join fresh parent on parent.n = fresh.parent
     where handle = 'ben'`,
    [root, count],
  )

const addLikes = (activity: string, count: number) =>
  database.sql(
    `with fans as (
       insert into users (cognito_sub, handle, display_name, email)
       select 'fan' || n, 'fan' || n, 'fan', 'fan' from generate_series(1, $2::integer) n
       returning uuid
     )
     insert into likes (user_uuid, activity_uuid) select uuid, $1::uuid from fans`,
    [activity, count],
  )

/** Sweeps until nothing is left to delete. */
async function sweepAll(): Promise<void> {
  while ((await sweepBatch(db, expiredActivities, BATCH)) > 0);
}

const activities = async () =>
  (await database.sql<{ uuid: string }>('select uuid from activities order by uuid')).map(({ uuid }) => uuid)

const largestDeletion = async (kind: string) =>
  (await database.sql<{ most: number }>('select max(count) as most from deletions where kind = $1', [kind]))[0]?.most

const counts = () =>
  database.sql(
    `select uuid from activities
     where stored_replies_count <> (select count(*) from activities reply where reply.reply_to_activity_uuid = activities.uuid)`,
  )

test.each(['wide', 'deep', 'mixed'] as const)(
  'deletes an expired thread of 2,000 live replies in small batches: %s',
  { timeout: 60_000 },
  async (shape) => {
    const stays = await addActivity('anna', 'live')
    await addReplies(stays, 20, 'mixed')
    const kept = await activities()
    await addReplies(await addActivity('anna', 'expired'), 2_000, shape)
    await sweepAll()
    expect(await activities()).toEqual(kept)
    expect(await largestDeletion('activities')).toBeLessThanOrEqual(BATCH)
    expect(await counts()).toEqual([])
  },
)

test('counts expired activities and replies to them in one batch', async () => {
  for (let i = 0; i < BATCH - 10; i += 1) await addActivity('anna', 'expired')
  await addReplies(await addActivity('anna', 'expired'), BATCH - 20, 'wide')
  await sweepAll()
  expect(await activities()).toEqual([])
  expect(await largestDeletion('activities')).toBeLessThanOrEqual(BATCH)
})

test('deletes replies first and the root last', async () => {
  const root = await addActivity('anna', 'expired')
  await addReplies(root, 200, 'wide')
  expect(await sweepBatch(db, expiredActivities, BATCH)).toBe(BATCH)
  const left = await activities()
  expect(left).toHaveLength(151)
  expect(left).toContain(root)
})

test('deletes a backlog of threads whose replies expired after their parents', async () => {
  for (let i = 0; i < BATCH + 10; i += 1) await addReplies(await addActivity('anna', 'expired'), 2, 'deep')
  // The parents were ended early; the replies that have replies expired by themselves since.
  await database.sql(
    `update activities set expires_at = now() - interval '1 second'
     where reply_to_activity_uuid is not null and stored_replies_count > 0`,
  )
  await sweepAll()
  expect(await activities()).toEqual([])
})

test('deletes an expired activity with many likes in small batches', async () => {
  const popular = await addActivity('anna', 'expired')
  await addLikes(popular, 2_500)
  await sweepAll()
  expect(await activities()).toEqual([])
  expect(await database.sql('select from likes')).toEqual([])
  expect(await largestDeletion('likes')).toBeLessThanOrEqual(1_000)
})

test('deletes expired replies of a live activity and updates its count', async () => {
  const root = await addActivity('anna', 'live')
  await addReplies(root, 120, 'wide')
  await database.sql(`update activities set expires_at = now() - interval '1 second' where uuid <> $1`, [root])
  await sweep(env, 20_000, BATCH)
  expect(await activities()).toEqual([root])
  expect(await database.sql('select stored_replies_count from activities')).toEqual([{ stored_replies_count: 0 }])
})

test('deletes a deleted account’s large thread in small batches', { timeout: 60_000 }, async () => {
  const stays = await addActivity('ben', 'live')
  const thread = await addActivity('anna', 'live')
  await addReplies(thread, 1_000, 'mixed')
  // Replies of the deleted account, with replies of their own, in another user's thread.
  await addReplies(stays, 400, 'mixed')
  await database.sql(
    `update activities set user_uuid = (select uuid from users where handle = 'anna')
     where root_uuid = $1 and reply_to_activity_uuid = $1`,
    [stays],
  )
  await addLikes(await addActivity('anna', 'live'), 1_500)
  await database.sql(`insert into deleted_accounts (user_uuid) select uuid from users where handle = 'anna'`)
  await finishAccountDeletions(env, 45_000, BATCH)
  expect(await activities()).toEqual([stays])
  expect(await database.sql(`select from users where handle = 'anna'`)).toEqual([])
  expect(await database.sql('select from deleted_accounts')).toEqual([])
  expect(await largestDeletion('activities')).toBeLessThanOrEqual(BATCH)
  expect(await largestDeletion('likes')).toBeLessThanOrEqual(1_000)
  expect(await counts()).toEqual([])
})

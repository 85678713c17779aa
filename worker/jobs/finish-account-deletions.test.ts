import { beforeAll, expect, test } from 'vitest'
import { type Database, makeDatabase } from '../../tests/harness/database.ts'
import { makeJobEnv } from '../../tests/harness/worker-env.ts'
import type { Env } from '../env.ts'
import { finishAccountDeletions } from './finish-account-deletions.ts'

let db: Database
let env: Env
/** A fake R2 bucket: records deleted keys, and fails while it is down. */
const bucket = { isDown: false, removed: [] as string[] }
beforeAll(async () => {
  db = await makeDatabase()
  const AVATARS = {
    async delete(key: string) {
      if (bucket.isDown) throw new Error('The bucket is down')
      bucket.removed.push(key)
    },
  }
  env = makeJobEnv(db, AVATARS)
})

/** Adds a deleted account with `much` rows of each kind; its avatar key is the handle. */
async function leaves(handle: string, much: number): Promise<void> {
  const statements = [
    `insert into users (cognito_sub, handle, display_name, email)
     select name, name, name, name from (values ($1), ($1 || '_ben')) person (name)`,
    `insert into users (cognito_sub, handle, display_name, email)
     select $1 || n, $1 || n, 'fan', 'fan' from generate_series(1, ${much}) n`,
    `insert into activities (root_uuid, uuid, user_uuid, message, expires_at)
     select made.uuid, made.uuid, users.uuid, 'hi', now() + interval '1 day'
     from users, lateral (select uuidv7() as uuid from generate_series(1, ${much}) n where users.handle <> '') made
     where users.handle in ($1, $1 || '_ben')`,
    `insert into feed_items (actor_uuid, activity_uuid, kind) select user_uuid, uuid, 'activity' from activities
     where user_uuid in (select uuid from users where handle in ($1, $1 || '_ben'))`,
    `insert into likes (user_uuid, activity_uuid)
     select me.uuid, activities.uuid from users me, activities join users on users.uuid = activities.user_uuid
     where me.handle = $1 and users.handle = $1 || '_ben'`,
    `insert into reposts (user_uuid, activity_uuid)
     select me.uuid, activities.uuid from users me, activities join users on users.uuid = activities.user_uuid
     where me.handle = $1 and users.handle = $1 || '_ben'`,
    `insert into feed_items (actor_uuid, activity_uuid, kind)
     select user_uuid, activity_uuid, 'repost' from reposts join users on users.uuid = user_uuid where handle = $1`,
    `insert into follows (follower_uuid, followed_uuid)
     select fan.uuid, me.uuid from users me, users fan where me.handle = $1 and fan.handle ~ ('^' || $1 || '\\d')`,
    `insert into notifications (recipient_uuid, actor_uuid, kind)
     select me.uuid, fan.uuid, 'follow' from users me, users fan where me.handle = $1 and fan.handle ~ ('^' || $1 || '\\d')`,
    'insert into deleted_accounts (user_uuid, avatar_key) select uuid, handle from users where handle = $1',
  ]
  for (const statement of statements) await db.sql(statement, [handle])
}

/** Counts the account's remaining rows, and its likes and reposts in others' counters. */
async function left(handle: string) {
  const [row] = await db.sql(
    `select
       (select count(*)::integer from users where handle = $1) as users,
       (select count(*)::integer from activities join users on uuid = user_uuid where handle = $1) as cruds,
       (select count(*)::integer from feed_items join users on uuid = actor_uuid where handle = $1) as items,
       (select count(*)::integer from follows join users on uuid = followed_uuid where handle = $1) as followers,
       (select count(*)::integer from notifications join users on uuid = recipient_uuid where handle = $1) as told,
       (select sum(likes_count)::integer from activities join users on uuid = user_uuid where handle = $1 || '_ben') as liked,
       (select sum(reposts_count)::integer from activities join users on uuid = user_uuid where handle = $1 || '_ben')
         as reposted,
       (select count(*)::integer from deleted_accounts) as deleted_accounts`.replaceAll(
      'join users on uuid',
      'join users on users.uuid',
    ),
    [handle],
  )
  return row
}
const all = (of: number) => ({
  users: 1,
  cruds: of,
  items: 2 * of,
  followers: of,
  told: of,
  liked: of,
  reposted: of,
  deleted_accounts: 1,
})
const NONE = { users: 0, cruds: 0, items: 0, followers: 0, told: 0, liked: 0, reposted: 0, deleted_accounts: 0 }

test('deletes rows in batches, and the user last', { timeout: 30_000 }, async () => {
  await leaves('anna', 300)
  expect(await left('anna')).toEqual(all(300))
  await finishAccountDeletions(env, -1)
  expect(await left('anna')).toEqual(all(50))
  await finishAccountDeletions(env, 20_000)
  expect(await left('anna')).toEqual(NONE)
  expect(bucket.removed).toEqual(['avatars/anna'])
})

test('deletes all but the hidden user while the bucket is down, and the user once the avatar is deleted', async () => {
  await leaves('cleo', 20)
  bucket.isDown = true
  await expect(finishAccountDeletions(env, 20_000)).rejects.toThrow('pictures_unavailable')
  expect(await left('cleo')).toEqual({ ...NONE, users: 1, deleted_accounts: 1 })
  const hidden = await db.sql('select handle from hidden_users(null) hidden join users on users.uuid = hidden.uuid')
  expect(hidden).toEqual([{ handle: 'cleo' }])
  bucket.isDown = false
  await finishAccountDeletions(env, 20_000)
  expect(await left('cleo')).toEqual(NONE)
  expect(bucket.removed).toContain('avatars/cleo')
})

test('deletes an avatar that was set while the account was deleted', async () => {
  await leaves('dora', 20)
  await db.sql("update users set avatar_key = 'late' where handle = 'dora'")
  await finishAccountDeletions(env, 20_000)
  expect(await left('dora')).toEqual(NONE)
  expect(bucket.removed).toEqual(expect.arrayContaining(['avatars/dora', 'avatars/late']))
})

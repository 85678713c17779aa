import { inject } from 'vitest'
import type { Client } from '../../harness/client.ts'
import type { Database } from '../../harness/database.ts'
import { type Site, WORKER } from '../../harness/site.ts'
import { signAccessToken } from '../../harness/tokens.ts'
import { haveMet } from '../fixtures/have-met.ts'
import { apiClient } from './actors.ts'

/** An API client of a user. */
export type ApiUser = Client & { uuid: string; handle: string; sub: string }

/** Makes `size` users fast: their rows by SQL, their tokens signed with the pool's key. */
export async function manyUsers({ db, origin, cognito }: Site, size: number, name = 'one'): Promise<ApiUser[]> {
  const { issuer, clientId } = cognito
  return Promise.all(
    Array.from({ length: size }, async () => {
      const sub = crypto.randomUUID()
      const handle = `${name}_${sub.slice(0, 8)}`
      const [row] = await db.sql<{ uuid: string }>(
        `insert into users (cognito_sub, handle, display_name, email) values ($1, $2, $3, $2 || '@example.com')
         returning uuid`,
        [sub, handle, `${name[0]?.toUpperCase()}${name.slice(1)}`],
      )
      const token = await signAccessToken({ issuer, clientId, keys: inject('pool').keys }, sub)
      return Object.assign(apiClient(origin, token), { uuid: row?.uuid ?? '', handle, sub })
    }),
  )
}

/** Makes a moderator for each name: a user whose token has the group. */
export async function moderators<Names extends string[]>(
  site: Site,
  ...names: Names
): Promise<{ [K in keyof Names]: ApiUser }> {
  const created = await users(site, ...names)
  const { issuer, clientId } = site.cognito
  return Promise.all(
    created.map(async (user) => {
      const pool = { issuer, clientId, keys: inject('pool').keys }
      const token = await signAccessToken(pool, user.sub, { 'cognito:groups': ['moderators'] })
      const { uuid, handle, sub } = user
      return Object.assign(apiClient(site.origin, token), { uuid, handle, sub })
    }),
  ) as Promise<{ [K in keyof Names]: ApiUser }>
}

/** Makes a user for each name. */
export async function users<Names extends string[]>(
  site: Site,
  ...names: Names
): Promise<{ [K in keyof Names]: ApiUser }> {
  const created = await Promise.all(names.map((name) => manyUsers(site, 1, name)))
  return created.map(([only]) => only) as { [K in keyof Names]: ApiUser }
}

/** Makes a user for each name, between whom messages are no requests. */
export async function acquaintances<Names extends string[]>(
  site: Site,
  ...names: Names
): Promise<{ [K in keyof Names]: ApiUser }> {
  const created = await users(site, ...names)
  await haveMet(site.db, ...created)
  return created
}

/** Posts all texts by SQL, now or `ago` seconds ago; returns their uuids, the newest first. */
export async function postsMany({ db }: Site, { uuid }: { uuid: string }, texts: readonly string[], ago = 0) {
  const rows = await db.sql<{ uuid: string }>(
    `with posted as (
       insert into activities (uuid, root_uuid, user_uuid, message, created_at, expires_at)
       select id, id, $1::uuid, text, now() - ago, now() - ago + interval '1 day'
       from unnest($2::text[]) with ordinality posted (text, n), make_interval(secs => $3) ago, uuidv7(-ago + n * interval '0') id
       returning uuid, user_uuid
     ), fed as (
       insert into feed_items (uuid, actor_uuid, activity_uuid, kind) select uuid, user_uuid, uuid, 'activity' from posted
     )
     select uuid from posted order by uuid desc`,
    [uuid, texts, ago],
  )
  return rows.map((row) => row.uuid)
}

/** Expires activities with all their replies, without sweeping them. */
export async function expireActivities(db: Database, ...uuids: string[]): Promise<void> {
  await db.sql(
    `with recursive thread as (
       select uuid from activities where uuid = any($1::uuid[])
       union all
       select reply.uuid from thread join activities reply on reply.reply_to_activity_uuid = thread.uuid
     )
     update activities
     set created_at = least(created_at, now() - interval '1 second'), expires_at = now()
     where uuid in (select uuid from thread)`,
    [uuids],
  )
}

/** Runs the Worker's cron once, and resolves when it is done. */
export const runCron = ({ workerd }: Site): Promise<void> => workerd.runCron(WORKER)

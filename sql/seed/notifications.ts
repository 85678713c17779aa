import type pg from 'pg'
import { HOUR } from './story/time.ts'

/** A notification to insert; users by uuid. */
export interface SeedNotification {
  kind: 'reply' | 'like' | 'repost' | 'follow' | 'follow_request' | 'mention'
  by: string
  to: string
  /** The activity's uuid; null for a follow or a follow request. */
  about: string | null
  /** In minutes. */
  age: number
}

/** Older notifications are read; age in minutes. */
const READ_AGE = 2 * HOUR

/** Inserts notifications, except those of a user's own actions. */
export async function insertNotifications(client: pg.Client, notifications: SeedNotification[]): Promise<void> {
  const ofOthers = notifications.filter(({ by, to }) => by !== to)
  await client.query(
    `with created as materialized (
       select uuidv7(make_interval(mins => -given.age)) as uuid, given.*
       from unnest($1::text[], $2::uuid[], $3::uuid[], $4::uuid[], $5::integer[]) given (kind, by, "to", about, age)
     )
     insert into notifications (uuid, recipient_uuid, actor_uuid, kind, activity_uuid, created_at, read_at)
     select created.uuid, created.to, created.by, created.kind, created.about, uuid_extract_timestamp(created.uuid),
       case when created.age > $6::integer then clock_timestamp() - make_interval(mins => $6::integer) end
     from created
     on conflict on constraint notifications__once do nothing`,
    [
      ofOthers.map(({ kind }) => kind),
      ofOthers.map(({ by }) => by),
      ofOthers.map(({ to }) => to),
      ofOthers.map(({ about }) => about),
      ofOthers.map(({ age }) => age),
      READ_AGE,
    ],
  )
}

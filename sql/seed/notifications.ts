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
const LAST_LOOK = 2 * HOUR

/** Inserts notifications, except those of a user's own actions. */
export async function insertNotifications(client: pg.Client, news: SeedNotification[]): Promise<void> {
  const shown = news.filter(({ by, to }) => by !== to)
  await client.query(
    `with made as materialized (
       select uuidv7(make_interval(mins => -news.age)) as uuid, news.*
       from unnest($1::text[], $2::uuid[], $3::uuid[], $4::uuid[], $5::integer[]) news (kind, by, "to", about, age)
     )
     insert into notifications (uuid, recipient_uuid, actor_uuid, kind, activity_uuid, created_at, read_at)
     select made.uuid, made.to, made.by, made.kind, made.about, uuid_extract_timestamp(made.uuid),
       case when made.age > $6::integer then clock_timestamp() - make_interval(mins => $6::integer) end
     from made
     on conflict on constraint notifications__once do nothing`,
    [
      shown.map(({ kind }) => kind),
      shown.map(({ by }) => by),
      shown.map(({ to }) => to),
      shown.map(({ about }) => about),
      shown.map(({ age }) => age),
      LAST_LOOK,
    ],
  )
}

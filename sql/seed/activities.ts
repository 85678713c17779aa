import type pg from 'pg'
import type { Audience, WhoCanReply } from '../../worker/contract/audience.ts'
import { handlesIn, tagsIn } from '../../worker/contract/linkify.ts'
import { TTL_SECONDS, type Ttl } from '../../worker/contract/ttl.ts'
import { insertNotifications } from './notifications.ts'
import { CRUDS } from './story/cruds.ts'
import type { Ages, Crud, Reply } from './story/types.ts'

/** The parent of a reply: its uuid and its author's. */
interface Parent {
  uuid: string
  by: string
}

/** Returns the live activities of the story as `<uuid of the author> <text>`. */
export async function findLiveActivities(client: pg.Client): Promise<Set<string>> {
  const { rows } = await client.query<{ key: string }>(
    `select user_uuid || ' ' || message as key from activities
     where expires_at > now() and reply_to_activity_uuid is null and message = any($1)`,
    [CRUDS.map(({ message }) => message)],
  )
  return new Set(rows.map(({ key }) => key))
}

/** Inserts an activity with its replies, reactions and notifications. */
export function insertThread(client: pg.Client, uuids: Map<string, string>, crud: Crud): Promise<void> {
  return insertActivityWithReplies(client, uuids, crud, crud, null)
}

async function insertActivityWithReplies(
  client: pg.Client,
  uuids: Map<string, string>,
  activity: Reply,
  root: Crud | null,
  parent: Parent | null,
): Promise<void> {
  const by = uuids.get(activity.by)
  if (!by) return
  // Only people of the story: another handle may belong to a real user of this database.
  const mentioned = handlesIn(activity.message).flatMap((handle) => uuids.get(handle) ?? [])
  const uuid = await insertActivity(client, activity, { by, root, mentioned, parent: parent?.uuid ?? null })
  const toNotification = (kind: 'reply' | 'mention', to: string) => ({ kind, by, to, about: uuid, age: activity.age })
  await insertNotifications(client, [
    ...(parent ? [toNotification('reply', parent.by)] : []),
    ...mentioned.filter((to) => to !== parent?.by).map((to) => toNotification('mention', to)),
  ])
  await insertReactions(client, uuids, { kind: 'like', ages: activity.likes, uuid, by })
  await insertReactions(client, uuids, { kind: 'repost', ages: activity.reposts, uuid, by })
  for (const reply of activity.replies ?? []) await insertActivityWithReplies(client, uuids, reply, null, { uuid, by })
}

interface Insert {
  by: string
  /** TTL, audience and who may reply; null for a reply, which has those of its root. */
  root: { ttl: Ttl; audience?: Audience; who_can_reply?: WhoCanReply } | null
  /** Uuids of the mentioned users. */
  mentioned: string[]
  /** The parent's uuid. */
  parent: string | null
}

/** Inserts an activity with a time in the past, which create_activity and create_reply cannot do. Returns its uuid. */
async function insertActivity(
  client: pg.Client,
  { message, warning, age }: Reply,
  { by, root, mentioned, parent }: Insert,
) {
  const { rows } = await client.query<{ uuid: string }>(
    `with created as materialized (
       select uuidv7(make_interval(mins => -$1::integer)) as uuid
     ),
     inserted as (
       insert into activities (uuid, reply_to_activity_uuid, root_uuid, user_uuid, message, created_at, expires_at, audience, who_can_reply, warning)
       select created.uuid, parent.uuid, coalesce(parent.root_uuid, created.uuid), $2, $3,
         uuid_extract_timestamp(created.uuid),
         coalesce(parent.expires_at, uuid_extract_timestamp(created.uuid) + make_interval(secs => $4)),
         $8, $9, $10
       from created
       left join activities parent on parent.uuid = $5::uuid
       returning uuid, user_uuid, reply_to_activity_uuid, audience
     ),
     item as (
       insert into feed_items (uuid, actor_uuid, activity_uuid, kind)
       select uuidv7(make_interval(mins => -$1::integer)), user_uuid, uuid,
         case when audience = 'everyone' then 'activity' else 'limited' end
       from inserted
       where reply_to_activity_uuid is null
     ),
     tagged as (
       insert into activity_tags (tag, activity_uuid) select unnest($6::text[]), uuid from inserted where audience = 'everyone'
     ),
     mentioned as (
       insert into mentions (activity_uuid, user_uuid) select uuid, unnest($7::uuid[]) from inserted
     )
     select uuid from inserted`,
    [
      ...[age, by, message, root && TTL_SECONDS[root.ttl], parent, tagsIn(message), mentioned],
      ...[root?.audience ?? 'everyone', root?.who_can_reply ?? 'everyone', warning ?? null],
    ],
  )
  if (!rows[0]) throw new Error(`Not inserted: ${message}`)
  return rows[0].uuid
}

interface Reactions {
  kind: 'like' | 'repost'
  ages: Ages | undefined
  uuid: string
  by: string
}

/** Inserts likes or reposts of an activity and notifies its author. Triggers update the counts. */
async function insertReactions(
  client: pg.Client,
  uuids: Map<string, string>,
  { kind, ages = {}, uuid, by }: Reactions,
) {
  const reactions = Object.entries(ages).flatMap(([handle, age]) => {
    const actor = uuids.get(handle)
    return actor ? [{ actor, age }] : []
  })
  if (reactions.length === 0) return
  const values = [uuid, reactions.map(({ actor }) => actor), reactions.map(({ age }) => age)]
  await client.query(kind === 'like' ? LIKE : REPOST, values)
  await insertNotifications(
    client,
    reactions.map(({ actor, age }) => ({ kind, by: actor, to: by, about: uuid, age })),
  )
}

const LIKE = `
  insert into likes (uuid, user_uuid, activity_uuid)
  select uuidv7(make_interval(mins => -reaction.age)), reaction.actor, $1::uuid
  from unnest($2::uuid[], $3::integer[]) reaction (actor, age)`

const REPOST = `
  with reaction as (
    select actor, make_interval(mins => -age) as ago from unnest($2::uuid[], $3::integer[]) given (actor, age)
  ),
  item as (
    insert into feed_items (uuid, actor_uuid, activity_uuid, kind)
    select uuidv7(reaction.ago), reaction.actor, $1::uuid, 'repost' from reaction
  )
  insert into reposts (uuid, user_uuid, activity_uuid)
  select uuidv7(reaction.ago), reaction.actor, $1::uuid from reaction`

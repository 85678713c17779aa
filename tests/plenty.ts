import type pg from 'pg'
import { withoutIndexes } from './without-indexes.ts'

/** How many rows of each kind there are in a database with plenty of them. */
export const PLENTY = { people: 20_000, cruds: 80_000, replies: 20_000, groups: 5_000, messages: 100_000 }

/**
 * Statements that fill an empty database. People know each other unevenly, as they do: the first ones are followed, liked
 * and answered by many. Of the cruds, one in fifty has ended and waits to be swept.
 */
const STATEMENTS = [
  `insert into users (uuid, cognito_sub, handle, display_name, email)
   select uuidv7(interval '-60 days'), 'sub-' || n, 'person' || n, 'Person Nr. ' || n, n || '@example.com'
   from generate_series(1, ${PLENTY.people}) n`,
  'create temporary table person as select row_number() over (order by uuid)::integer as n, uuid from users',
  'create index on person (n)',
  'analyze person',
  // An uneven choice of a person: squared, low numbers come often.
  `create function pg_temp.somebody(seed double precision) returns integer language sql immutable
   return 1 + floor(power(seed, 2) * ${PLENTY.people - 1})::integer`,
  `insert into activities (uuid, root_uuid, user_uuid, message, created_at, expires_at)
   select id, id, person.uuid, message, at, at + life
   from (
     select
       n,
       uuidv7(-age) as id,
       now() - age as at,
       case when n % 50 = 0 then age * 0.9 else interval '8 days' end as life,
       'crud ' || n || ' says common ' || case when n % 100 = 1 then 'seldom ' else '' end
         || case when n = 40001 then 'rarity ' else '' end || case when n > 60000 then 'bygone ' else '' end || '#tag' || n % 300 as message,
       pg_temp.somebody(random()) as author
     from (select n, (n * interval '7 days') / ${PLENTY.cruds} + interval '1 second' as age
           from generate_series(1, ${PLENTY.cruds}) n) aged
   ) fresh
   join person on person.n = fresh.author`,
  `insert into activities (uuid, root_uuid, reply_to_activity_uuid, user_uuid, message, created_at, expires_at)
   select uuidv7(parent.created_at + interval '1 second' - now()), parent.uuid, parent.uuid, person.uuid,
     'an answer of common words', parent.created_at + interval '1 second', parent.expires_at
   from (
     select uuid, created_at, expires_at, row_number() over (order by uuid desc) as place
     from activities where expires_at > now() + interval '1 hour'
   ) parent
   join (
     select 1 + (n * n::bigint) % 39119 as place, pg_temp.somebody(random()) as author
     from generate_series(1, ${PLENTY.replies}) n
   ) answer on answer.place = parent.place
   join person on person.n = answer.author`,
  `insert into feed_items (uuid, actor_uuid, activity_uuid, kind)
   select uuid, user_uuid, uuid, 'activity' from activities where reply_to_activity_uuid is null`,
  `insert into activity_tags (tag, activity_uuid)
   select substring(message from '#(\\w+)'), uuid from activities where message like '%#%'`,
  `insert into likes (user_uuid, activity_uuid)
   select person.uuid, activities.uuid
   from activities join person on person.n = 1 + abs(hashtext('l' || activities.uuid::text)) % ${PLENTY.people}
   on conflict do nothing`,
  `insert into reposts (user_uuid, activity_uuid)
   select person.uuid, activities.uuid
   from activities join person on person.n = 1 + abs(hashtext(activities.uuid::text)) % ${PLENTY.people}
   where abs(hashtext('r' || activities.uuid::text)) % 4 = 0
   on conflict do nothing`,
  `insert into feed_items (uuid, actor_uuid, activity_uuid, kind)
   select uuid, user_uuid, activity_uuid, 'repost' from reposts`,
  `insert into follows (follower_uuid, followed_uuid)
   select one.uuid, other.uuid
   from person one cross join generate_series(1, 6) k
   join person other on other.n = pg_temp.somebody(abs(hashtext(one.n || '-' || k)) / 2147483648.0) and other.n <> one.n
   on conflict do nothing`,
  // Nine of ten have been read.
  `insert into notifications (uuid, recipient_uuid, actor_uuid, kind, activity_uuid, read_at)
   select uuidv7(), activities.user_uuid, likes.user_uuid, 'like', activities.uuid,
     case when hashtext(activities.uuid::text) % 10 <> 0 then now() end
   from likes join activities on activities.uuid = likes.activity_uuid and activities.user_uuid <> likes.user_uuid`,
  `insert into notifications (recipient_uuid, actor_uuid, kind, created_at, read_at)
   select followed_uuid, follower_uuid, 'follow', now() - random() * interval '29 days',
     case when hashtext(follower_uuid::text) % 10 <> 0 then now() end
   from follows`,
  `insert into mentions (activity_uuid, user_uuid)
   select activities.uuid, person.uuid from activities join person on person.n = abs(hashtext(message)) % 9973`,
  `insert into message_groups (low_user_uuid, high_user_uuid)
   select least(one.uuid, other.uuid), greatest(one.uuid, other.uuid)
   from person one join generate_series(1, 3) k on true
   join person other on other.n = pg_temp.somebody(abs(hashtext(one.n || '+' || k)) / 2147483648.0) and other.n <> one.n
   limit ${PLENTY.groups} on conflict do nothing`,
  `insert into message_group_members (message_group_uuid, user_uuid)
   select uuid, low_user_uuid from message_groups union all select uuid, high_user_uuid from message_groups`,
  `insert into messages (message_group_uuid, user_uuid, message)
   select uuid, low_user_uuid, 'message ' || n from message_groups
   cross join generate_series(1, ${PLENTY.messages / PLENTY.groups}) n`,
  `insert into blocks select one.uuid, other.uuid from person one join person other on other.n = one.n + 7 where one.n % 10 = 0`,
  `insert into mutes select one.uuid, other.uuid from person one join person other on other.n = one.n + 3 where one.n % 10 = 0`,
  `insert into idempotency_keys (hash, body_mac, activity_uuid)
   select 'hash' || uuid, 'mac', uuid from activities limit 20000`,
  // Two sessions a person; every hundredth has ended, and waits to be revoked.
  `insert into sessions (hash, user_uuid, browser, created_at, ended_at, sealed_refresh_token)
   select 'session-' || person.n || '-' || k, person.uuid, 'Firefox on Android', now() - person.n % 30 * interval '1 day',
     case when (person.n + k) % 100 = 0 then now() end, case when (person.n + k) % 100 = 0 then 'sealed' end
   from person cross join generate_series(1, 2) k`,
  `insert into trending_tags select 'tag' || n, 300 - n from generate_series(0, 99) n`,
  `update activities set
     likes_count = (select count(*) from likes where activity_uuid = activities.uuid),
     reposts_count = (select count(*) from reposts where activity_uuid = activities.uuid)`,
  `update activities set stored_replies_count = answered.many
   from (select reply_to_activity_uuid as uuid, count(*) as many from activities group by 1) answered
   where answered.uuid = activities.uuid`,
  `update users set following_count = made.many
   from (select follower_uuid as uuid, count(*) as many from follows group by 1) made where made.uuid = users.uuid`,
  `update users set followers_count = made.many
   from (select followed_uuid as uuid, count(*) as many from follows group by 1) made where made.uuid = users.uuid`,
  `update message_group_members set last_message_uuid = sent.last, last_received_uuid = sent.received
   from (
     select member.message_group_uuid, member.user_uuid, max(messages.uuid::text)::uuid as last,
       max(messages.uuid::text) filter (where messages.user_uuid <> member.user_uuid)::uuid as received
     from message_group_members member join messages on messages.message_group_uuid = member.message_group_uuid
     group by member.message_group_uuid, member.user_uuid
   ) sent
   where sent.message_group_uuid = message_group_members.message_group_uuid and sent.user_uuid = message_group_members.user_uuid`,
  'drop table person',
]

/** Fills an empty database with plenty of everything; as in any bulk load, counts are taken once at the end (decision 7). */
export async function fill(client: pg.Client): Promise<void> {
  await client.query('select setseed(0.42)')
  await withoutIndexes(client, async () => {
    for (const statement of STATEMENTS) await client.query(statement)
  })
  // As autovacuum leaves it: statistics, and the visibility map.
  await client.query('vacuum (analyze)')
}

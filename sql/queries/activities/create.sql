-- Makes a crud and its place in the feeds, and tells whom it names. Its uuid is kept for the batch's next statement
-- (made.sql). No row when this is a replay, see idempotency_keys/claim.sql.
-- $1 viewer_sub text, $2 viewer_auth_time bigint, $3 message text, $4 lifetime integer (seconds),
-- $5 tags text[] and $6 handles text[] that the message holds (worker/contract/segments.ts)
with author as materialized (
  select viewer_uuid($1::text, $2::bigint) as uuid
  where coalesce(current_setting('cruddur.replay', true), '') = ''
),
made as materialized (
  select uuidv7() as uuid
),
inserted as (
  insert into activities (uuid, root_uuid, user_uuid, message, expires_at)
  select made.uuid, made.uuid, author.uuid, $3::text, now() + $4::integer * interval '1 second'
  from made, author
  where author.uuid is not null
  returning activities.uuid, activities.user_uuid
),
item as (
  insert into feed_items (uuid, actor_uuid, activity_uuid, kind)
  select inserted.uuid, inserted.user_uuid, inserted.uuid, 'crud'
  from inserted
),
tagged as (
  insert into activity_tags (tag, activity_uuid)
  select unnest($5::text[]), inserted.uuid
  from inserted
),
named as (
  insert into mentions (activity_uuid, user_uuid)
  select inserted.uuid, users.uuid
  from inserted
  join users on users.handle = any($6::text[])
  where not is_hidden(inserted.user_uuid, users.uuid)
  returning mentions.activity_uuid, mentions.user_uuid
),
told as (
  insert into notifications (recipient_uuid, actor_uuid, kind, activity_uuid)
  select named.user_uuid, inserted.user_uuid, 'mention', inserted.uuid
  from inserted, named
  where named.user_uuid <> inserted.user_uuid
)
select set_config('cruddur.activity_uuid', inserted.uuid::text, true)::uuid as uuid
from inserted

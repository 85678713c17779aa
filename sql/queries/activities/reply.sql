-- Answers a live crud, and tells its author and whom the answer names. The reply ends with what it answers, or sooner, never
-- later. Its uuid is kept for the batch's next statement (made.sql). No row: the crud is not live, or this is a replay.
-- $1 viewer_sub text, $2 viewer_auth_time bigint, $3 activity_uuid uuid, $4 message text,
-- $5 lifetime integer (seconds; null: as long as what it answers),
-- $6 tags text[] and $7 handles text[] that the message holds (worker/contract/segments.ts)
with author as materialized (
  select viewer_uuid($1::text, $2::bigint) as uuid
  where coalesce(current_setting('cruddur.replay', true), '') = ''
),
answered as materialized (
  select activities.uuid, activities.user_uuid, activities.root_uuid, activities.expires_at
  from activities, author
  where activities.uuid = $3::uuid
    and author.uuid is not null
    and exists (select from live_activities(author.uuid) live where live.uuid = activities.uuid)
  for no key update of activities
),
made as materialized (
  select uuidv7() as uuid
),
inserted as (
  insert into activities (uuid, root_uuid, reply_to_activity_uuid, user_uuid, message, expires_at)
  select
    made.uuid,
    answered.root_uuid,
    answered.uuid,
    author.uuid,
    $4::text,
    least(answered.expires_at, now() + $5::integer * interval '1 second')
  from made, author, answered
  returning activities.uuid, activities.user_uuid
),
tagged as (
  insert into activity_tags (tag, activity_uuid)
  select unnest($6::text[]), inserted.uuid
  from inserted
),
named as (
  insert into mentions (activity_uuid, user_uuid)
  select inserted.uuid, users.uuid
  from inserted
  join users on users.handle = any($7::text[])
  where not is_hidden(inserted.user_uuid, users.uuid)
  returning mentions.activity_uuid, mentions.user_uuid
),
told as (
  insert into notifications (recipient_uuid, actor_uuid, kind, activity_uuid)
  select answered.user_uuid, inserted.user_uuid, 'reply', inserted.uuid
  from inserted, answered
  where answered.user_uuid <> inserted.user_uuid
  union all
  select named.user_uuid, inserted.user_uuid, 'mention', inserted.uuid
  from inserted, named, answered
  where named.user_uuid <> inserted.user_uuid and named.user_uuid <> answered.user_uuid
)
select set_config('cruddur.activity_uuid', inserted.uuid::text, true)::uuid as uuid
from inserted

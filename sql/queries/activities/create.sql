-- Makes a crud and its place in the feeds. Its uuid is kept for the batch's next statement (made.sql).
-- $1 viewer_sub text, $2 viewer_auth_time bigint, $3 message text, $4 lifetime integer (seconds)
with author as materialized (
  select viewer_uuid($1::text, $2::bigint) as uuid
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
)
select set_config('cruddur.activity_uuid', inserted.uuid::text, true)::uuid as uuid
from inserted

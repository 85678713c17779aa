-- Answers a live crud. The reply ends with what it answers, or sooner, never later.
-- Its uuid is kept for the batch's next statement (made.sql). No row: the crud is not live.
-- $1 viewer_sub text, $2 viewer_auth_time bigint, $3 activity_uuid uuid, $4 message text,
-- $5 lifetime integer (seconds; null: as long as what it answers)
with author as materialized (
  select viewer_uuid($1::text, $2::bigint) as uuid
),
answered as materialized (
  select activities.uuid, activities.root_uuid, activities.expires_at
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
  returning activities.uuid
)
select set_config('cruddur.activity_uuid', inserted.uuid::text, true)::uuid as uuid
from inserted

-- Puts out one's own live crud, with all that hangs on it (by cascade).
-- No row: it is not live. own = false: it is somebody else's, and stays.
-- $1 viewer_sub text, $2 viewer_auth_time bigint, $3 activity_uuid uuid
with viewer as materialized (
  select viewer_uuid($1::text, $2::bigint) as uuid
),
-- What it answers counts it, and is locked first: whoever puts that out comes the same way.
parent as materialized (
  select activities.uuid
  from activities
  where activities.uuid = (select answer.reply_to_activity_uuid from activities answer where answer.uuid = $3::uuid)
  for no key update of activities
),
target as materialized (
  select activities.uuid, activities.user_uuid = viewer.uuid as own
  from viewer, activities
  where activities.uuid = $3::uuid
    and viewer.uuid is not null
    and (select count(*) from parent) >= 0
    and exists (select from live_activities(viewer.uuid) live where live.uuid = activities.uuid)
  for no key update of activities
),
deleted as (
  delete from activities
  using target
  where activities.uuid = target.uuid and target.own
)
select target.own
from target

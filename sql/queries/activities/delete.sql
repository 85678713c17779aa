-- Puts out one's own live crud, with all that hangs on it (by cascade).
-- No row: it is not live. own = false: it is somebody else's, and stays.
-- $1 viewer_sub text, $2 viewer_auth_time bigint, $3 activity_uuid uuid
with viewer as materialized (
  select viewer_uuid($1::text, $2::bigint) as uuid
),
target as materialized (
  select activities.uuid, activities.user_uuid = viewer.uuid as own
  from viewer, activities
  where activities.uuid = $3::uuid
    and viewer.uuid is not null
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

-- Takes back one's own like of a live crud, and what it told the author. No row: the crud is not live.
-- $1 viewer_sub text, $2 viewer_auth_time bigint, $3 activity_uuid uuid
with viewer as materialized (
  select viewer_uuid($1::text, $2::bigint) as uuid
),
target as materialized (
  select activities.uuid, activities.user_uuid
  from viewer, activities
  where activities.uuid = $3::uuid
    and viewer.uuid is not null
    and exists (select from live_activities(viewer.uuid) live where live.uuid = activities.uuid)
  for no key update of activities
),
deleted as (
  delete from likes
  using viewer, target
  where likes.activity_uuid = target.uuid and likes.user_uuid = viewer.uuid
  returning likes.user_uuid, likes.activity_uuid
),
untold as (
  delete from notifications
  using deleted
  where notifications.activity_uuid = deleted.activity_uuid
    and notifications.actor_uuid = deleted.user_uuid
    and notifications.kind = 'like'
)
select target.uuid
from target

-- Takes back one's own repost of a live crud, and what it told the author. No row: the crud is not live.
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
  delete from reposts
  using viewer, target
  where reposts.activity_uuid = target.uuid and reposts.user_uuid = viewer.uuid
  returning reposts.user_uuid, reposts.activity_uuid
),
item as (
  delete from feed_items
  using deleted
  where feed_items.activity_uuid = deleted.activity_uuid
    and feed_items.actor_uuid = deleted.user_uuid
    and feed_items.kind = 'repost'
),
untold as (
  delete from notifications
  using deleted
  where notifications.activity_uuid = deleted.activity_uuid
    and notifications.actor_uuid = deleted.user_uuid
    and notifications.kind = 'repost'
)
select target.uuid
from target

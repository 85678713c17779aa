-- Reposts a live crud; once only, however often it is asked. No row: the crud is not live.
-- The counter moves by trigger, see 0006_likes_and_reposts.
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
inserted as (
  insert into reposts (user_uuid, activity_uuid)
  select viewer.uuid, target.uuid
  from viewer, target
  on conflict on constraint reposts__pair do nothing
  returning reposts.user_uuid, reposts.activity_uuid
),
item as (
  insert into feed_items (actor_uuid, activity_uuid, kind)
  select inserted.user_uuid, inserted.activity_uuid, 'repost'
  from inserted
  on conflict on constraint feed_items__once do nothing
),
told as (
  insert into notifications (recipient_uuid, actor_uuid, kind, activity_uuid)
  select target.user_uuid, inserted.user_uuid, 'repost', target.uuid
  from inserted, target
  where target.user_uuid <> inserted.user_uuid
  on conflict on constraint notifications__once do nothing
)
select target.uuid
from target

-- What is deleted with one's own live activity: its live replies, at any depth, and by how many users.
-- No row: it is not live. own = false: it is somebody else's, and nothing is counted.
-- $1 viewer_sub text, $2 viewer_auth_time bigint, $3 activity_uuid uuid
with recursive viewer as materialized (
  select viewer_uuid($1::text, $2::bigint) as uuid
),
target as materialized (
  select activity.uuid, activity.user_uuid = viewer.uuid as own
  from viewer, live_activities(viewer.uuid) activity
  where activity.uuid = $3::uuid
),
thread as (
  select target.uuid, null::uuid as user_uuid, 0 as depth
  from target
  where target.own
  union all
  select reply.uuid, reply.user_uuid, thread.depth + 1
  from thread
  join activities reply on reply.reply_to_activity_uuid = thread.uuid
  where reply.expires_at > now()
    and reply.user_uuid <> all (array(select departures.user_uuid from departures))
    and thread.depth < 1000
)
select
  target.own,
  (select count(*) from thread where thread.depth > 0)::integer as replies_count,
  (select count(distinct thread.user_uuid) from thread where thread.depth > 0)::integer as people_count
from target

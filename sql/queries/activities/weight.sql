-- What goes with a live crud when it is put out: its live answers, at any depth, and by how many people.
-- $1 viewer_sub text, $2 viewer_auth_time bigint, $3 activity_uuid uuid
with recursive viewer as materialized (
  select viewer_uuid($1::text, $2::bigint) as uuid
),
thread as (
  select activity.uuid, activity.user_uuid, 0 as depth
  from viewer, live_activities(viewer.uuid) activity
  where activity.uuid = $3::uuid
  union all
  select reply.uuid, reply.user_uuid, thread.depth + 1
  from thread
  join activities reply on reply.reply_to_activity_uuid = thread.uuid
  where reply.expires_at > now()
    and reply.user_uuid <> all (array(select departures.user_uuid from departures))
    and thread.depth < 1000
)
select
  count(*) filter (where thread.depth > 0)::integer as replies_count,
  count(distinct thread.user_uuid) filter (where thread.depth > 0)::integer as people_count
from thread
having count(*) > 0

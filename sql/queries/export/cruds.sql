-- The viewer's live cruds and replies, newest first.
-- $1 viewer_sub text, $2 viewer_auth_time bigint, $3 before uuid (null: from the newest), $4 limit integer
with viewer as materialized (
  select viewer_uuid($1::text, $2::bigint) as uuid
)
select
  activity.uuid,
  activity.message,
  activity.created_at,
  activity.expires_at,
  activity.reply_to_activity_uuid,
  activity.likes_count,
  activity.reposts_count,
  activity.uuid as place
from viewer
join live_activities(viewer.uuid) activity on activity.user_uuid = viewer.uuid
where $3::uuid is null or activity.uuid < $3::uuid
order by activity.uuid desc
limit $4::integer

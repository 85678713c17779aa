-- A live crud and what it hangs on (at most the 100 nearest), root first; the crud itself is the last row.
-- $1 viewer_sub text (null: signed out), $2 viewer_auth_time bigint, $3 activity_uuid uuid
with recursive viewer as materialized (
  select viewer_uuid($1::text, $2::bigint) as uuid
),
thread as (
  select activity.uuid, activity.reply_to_activity_uuid, 0 as height
  from viewer, live_activities(viewer.uuid) activity
  where activity.uuid = $3::uuid
  union all
  select parent.uuid, parent.reply_to_activity_uuid, thread.height + 1
  from thread
  join activities parent on parent.uuid = thread.reply_to_activity_uuid
  where thread.height < 100
)
select
  card.uuid,
  card.message,
  card.created_at,
  card.expires_at,
  card.reply_to_activity_uuid,
  card.reply_to_handle,
  card.likes_count,
  card.reposts_count,
  card.replies_count,
  card."user",
  card.viewer
from viewer
cross join thread
join activity_cards(viewer.uuid) card on card.uuid = thread.uuid
order by thread.height desc

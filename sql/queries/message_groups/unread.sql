-- In how many conversations the viewer has something unread.
-- $1 viewer_sub text, $2 viewer_auth_time bigint
with viewer as materialized (
  select viewer_uuid($1::text, $2::bigint) as uuid
)
select count(*)::integer as count
from viewer
join message_group_members mine on mine.user_uuid = viewer.uuid
where exists (
  select
  from live_messages(viewer.uuid) message
  where message.message_group_uuid = mine.message_group_uuid
    and message.user_uuid <> viewer.uuid
    and not is_blocked(viewer.uuid, message.user_uuid)
    and (mine.last_read_uuid is null or message.uuid > mine.last_read_uuid)
)

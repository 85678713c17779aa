-- In how many conversations the viewer has something unread; of more than a hundred, a hundred are counted.
-- $1 viewer_sub text, $2 viewer_auth_time bigint
with viewer as materialized (
  select viewer_uuid($1::text, $2::bigint) as uuid
)
select count(*)::integer as count
from viewer
cross join lateral (
  select
  from message_group_members mine
  where mine.user_uuid = viewer.uuid
    and mine.last_received_uuid is not null
    and (mine.last_read_uuid is null or mine.last_read_uuid < mine.last_received_uuid)
    and (
      select not is_hidden(viewer.uuid, message.user_uuid)
      from live_messages(viewer.uuid) message
      where message.message_group_uuid = mine.message_group_uuid
        and message.user_uuid <> viewer.uuid
        and message.uuid <= mine.last_received_uuid
        and (mine.last_read_uuid is null or message.uuid > mine.last_read_uuid)
      order by message.uuid desc
      limit 1
    )
  order by mine.last_received_uuid desc
  limit 100
) waiting

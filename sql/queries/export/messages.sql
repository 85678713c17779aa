-- The live messages of the viewer's conversations, newest first: what the screen shows of them, so nothing from across a block.
-- $1 viewer_sub text, $2 viewer_auth_time bigint, $3 before uuid (null: from the newest), $4 limit integer
with viewer as materialized (
  select viewer_uuid($1::text, $2::bigint) as uuid
)
select
  message.uuid,
  person.handle as conversation_with,
  case when message.user_uuid = viewer.uuid then 'me' else 'them' end as written_by,
  message.message,
  message.created_at,
  message.expires_at,
  message.uuid as place
from viewer
join message_group_members mine on mine.user_uuid = viewer.uuid
cross join lateral (
  select users.uuid, users.handle
  from message_group_members other
  join users on users.uuid = other.user_uuid
  where other.message_group_uuid = mine.message_group_uuid and other.user_uuid <> viewer.uuid
  limit 1
) person
cross join lateral (
  select live.uuid, live.user_uuid, live.message, live.created_at, live.expires_at
  from live_messages(viewer.uuid) live
  where live.message_group_uuid = mine.message_group_uuid
    and ($3::uuid is null or live.uuid < $3::uuid)
  order by live.uuid desc
  limit $4::integer
) message
where not is_hidden(viewer.uuid, person.uuid)
order by message.uuid desc
limit $4::integer

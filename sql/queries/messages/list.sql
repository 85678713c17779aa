-- The live messages of a conversation that the viewer takes part in, newest first.
-- $1 viewer_sub text, $2 viewer_auth_time bigint, $3 message_group_uuid uuid,
-- $4 before uuid (null: from the newest), $5 limit integer
with viewer as materialized (
  select viewer_uuid($1::text, $2::bigint) as uuid
),
page as materialized (
  select message.uuid, message.message_group_uuid, message.message, message.created_at, message.expires_at, message.user_uuid
  from viewer, live_messages(viewer.uuid) message
  where message.message_group_uuid = $3::uuid
    and ($4::uuid is null or message.uuid < $4::uuid)
  order by message.uuid desc
  limit $5::integer
)
select
  message.uuid,
  message.message_group_uuid,
  message.message,
  message.created_at,
  message.expires_at,
  user_card(author) as "user"
from page message
join users author on author.uuid = message.user_uuid
order by message.uuid desc

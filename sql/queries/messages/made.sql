-- The message that an earlier statement of this batch sent or found: it left the uuid in cruddur.message_uuid.
-- $1 viewer_sub text, $2 viewer_auth_time bigint
with viewer as materialized (
  select viewer_uuid($1::text, $2::bigint) as uuid
)
select
  message.uuid,
  message.message_group_uuid,
  message.message,
  message.created_at,
  message.expires_at,
  user_card(author) as "user"
from viewer
join live_messages(viewer.uuid) message on message.uuid = nullif(current_setting('cruddur.message_uuid', true), '')::uuid
join users author on author.uuid = message.user_uuid

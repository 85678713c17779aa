-- The crud that an earlier statement of this batch made or found: it left the uuid in cruddur.activity_uuid.
-- $1 viewer_sub text, $2 viewer_auth_time bigint
with viewer as materialized (
  select viewer_uuid($1::text, $2::bigint) as uuid
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
join activity_cards(viewer.uuid) card on card.uuid = nullif(current_setting('cruddur.activity_uuid', true), '')::uuid

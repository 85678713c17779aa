-- One live crud, as the viewer sees it: what a write on it answers with.
-- $1 viewer_sub text (null: signed out), $2 viewer_auth_time bigint, $3 activity_uuid uuid
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
join activity_cards(viewer.uuid) card on card.uuid = $3::uuid

-- Live cruds that say what is looked for, newest first. Quotes, or and - work as in a web search.
-- $1 viewer_sub text (null: signed out), $2 viewer_auth_time bigint, $3 term text,
-- $4 before uuid (null: from the newest), $5 limit integer
with viewer as materialized (
  select viewer_uuid($1::text, $2::bigint) as uuid
),
page as materialized (
  select hit.uuid
  from viewer
  cross join search_activities(viewer.uuid, websearch_to_tsquery('simple', $3::text), $4::uuid, $5::integer) hit
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
cross join page
join activity_cards(viewer.uuid) card on card.uuid = page.uuid
order by page.uuid desc

-- Live cruds with a tag, newest first.
-- $1 viewer_sub text (null: signed out), $2 viewer_auth_time bigint, $3 tag text,
-- $4 before uuid (null: from the newest), $5 limit integer
with viewer as materialized (
  select viewer_uuid($1::text, $2::bigint) as uuid
),
page as materialized (
  select tagged.uuid
  from viewer
  cross join lateral (
    select activity_tags.activity_uuid as uuid
    from activity_tags
    where activity_tags.tag = lower($3::text)
      and ($4::uuid is null or activity_tags.activity_uuid < $4::uuid)
      and (select true from listed_activities(viewer.uuid) live where live.uuid = activity_tags.activity_uuid)
    order by activity_tags.activity_uuid desc
    limit $5::integer
  ) tagged
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

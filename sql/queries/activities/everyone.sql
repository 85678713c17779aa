-- Every live top-level crud, newest first.
-- $1 viewer_sub text (null: signed out), $2 viewer_auth_time bigint,
-- $3 before uuid (null: from the newest), $4 limit integer
with viewer as materialized (
  select viewer_uuid($1::text, $2::bigint) as uuid
),
page as materialized (
  select item.place, item.activity_uuid
  from viewer
  cross join lateral (
    select candidate.uuid as place, candidate.activity_uuid
    from feed_items candidate
    where candidate.kind = 'crud'
      and ($3::uuid is null or candidate.uuid < $3::uuid)
      and (select true from listed_activities(viewer.uuid) live where live.uuid = candidate.activity_uuid)
    order by candidate.uuid desc
    limit $4::integer
  ) item
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
  card.viewer,
  page.place
from viewer
cross join page
join activity_cards(viewer.uuid) card on card.uuid = page.activity_uuid
order by page.place desc

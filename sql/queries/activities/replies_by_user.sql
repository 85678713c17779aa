-- A person's live answers, newest first.
-- $1 viewer_sub text (null: signed out), $2 viewer_auth_time bigint, $3 handle text,
-- $4 before uuid (null: from the newest), $5 limit integer
with viewer as materialized (
  select viewer_uuid($1::text, $2::bigint) as uuid
),
page as materialized (
  select reply.uuid
  from viewer
  join users author on author.handle = lower($3::text)
  cross join lateral (
    select activity.uuid
    from live_activities(viewer.uuid) activity
    where activity.user_uuid = author.uuid
      and activity.reply_to_activity_uuid is not null
      and ($4::uuid is null or activity.uuid < $4::uuid)
    order by activity.uuid desc
    limit $5::integer
  ) reply
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

-- What a person has liked and is live, the latest like first; nothing where one of the two has blocked the other.
-- $1 viewer_sub text (null: signed out), $2 viewer_auth_time bigint, $3 handle text,
-- $4 before uuid (null: from the latest), $5 limit integer
with viewer as materialized (
  select viewer_uuid($1::text, $2::bigint) as uuid
),
page as materialized (
  select liked.place, liked.activity_uuid
  from viewer
  join people() person on person.handle = lower($3::text)
  cross join lateral (
    select likes.uuid as place, likes.activity_uuid
    from likes
    where likes.user_uuid = person.uuid
      and ($4::uuid is null or likes.uuid < $4::uuid)
      and (select true from live_activities(viewer.uuid) live where live.uuid = likes.activity_uuid)
    order by likes.uuid desc
    limit $5::integer
  ) liked
  where viewer.uuid is null or not is_blocked(viewer.uuid, person.uuid)
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

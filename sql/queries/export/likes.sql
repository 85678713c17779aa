-- Which live cruds the viewer has liked, the latest first.
-- $1 viewer_sub text, $2 viewer_auth_time bigint, $3 before uuid (null: from the latest), $4 limit integer
with viewer as materialized (
  select viewer_uuid($1::text, $2::bigint) as uuid
),
page as materialized (
  select reaction.place, reaction.activity_uuid, reaction.author_uuid
  from viewer
  cross join lateral (
    select likes.uuid as place, likes.activity_uuid, live.user_uuid as author_uuid
    from likes
    cross join lateral (
      select activity.user_uuid
      from live_activities(viewer.uuid) activity
      where activity.uuid = likes.activity_uuid
      limit 1
    ) live
    where likes.user_uuid = viewer.uuid
      and ($3::uuid is null or likes.uuid < $3::uuid)
    order by likes.uuid desc
    limit $4::integer
  ) reaction
)
select
  page.activity_uuid,
  author.handle as by,
  page.place
from page
join users author on author.uuid = page.author_uuid
order by page.place desc

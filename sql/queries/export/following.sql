-- Whom the viewer follows, the latest person to join first.
-- $1 viewer_sub text, $2 viewer_auth_time bigint, $3 before uuid (null: from the start), $4 limit integer
with viewer as materialized (
  select viewer_uuid($1::text, $2::bigint) as uuid
),
page as materialized (
  select follow.uuid, follow.created_at
  from viewer
  cross join lateral (
    select follows.followed_uuid as uuid, follows.created_at
    from follows
    where follows.follower_uuid = viewer.uuid
      and not is_hidden(viewer.uuid, follows.followed_uuid)
      and ($3::uuid is null or follows.followed_uuid < $3::uuid)
    order by follows.followed_uuid desc
    limit $4::integer
  ) follow
)
select
  person.handle,
  page.created_at,
  page.uuid as place
from page
join users person on person.uuid = page.uuid
order by page.uuid desc

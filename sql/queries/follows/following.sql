-- Whom a person follows, the latest person to join first.
-- $1 viewer_sub text (null: signed out), $2 viewer_auth_time bigint, $3 handle text,
-- $4 before uuid (null: from the start), $5 limit integer
with viewer as materialized (
  select viewer_uuid($1::text, $2::bigint) as uuid
),
page as materialized (
  select follow.uuid
  from viewer
  join people() owner on owner.handle = lower($3::text)
  cross join lateral (
    select follows.followed_uuid as uuid
    from follows
    where follows.follower_uuid = owner.uuid
      and ($4::uuid is null or follows.followed_uuid < $4::uuid)
      and not is_hidden(viewer.uuid, follows.followed_uuid)
    order by follows.followed_uuid desc
    limit $5::integer
  ) follow
  where viewer.uuid is null or not is_blocked(viewer.uuid, owner.uuid)
)
select
  person.uuid,
  person.handle,
  person.display_name,
  '/media/avatars/' || person.uuid || '/' || person.avatar_key as avatar_url,
  case
    when viewer.uuid is null then null
    else json_build_object('following', exists (
      select from follows mine where mine.follower_uuid = viewer.uuid and mine.followed_uuid = person.uuid
    ))
  end as viewer
from viewer
cross join page
join users person on person.uuid = page.uuid
order by page.uuid desc

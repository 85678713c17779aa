-- People whose handle begins so, those whom the viewer follows first: completion of a mention.
-- $1 viewer_sub text, $2 viewer_auth_time bigint, $3 prefix text, $4 limit integer
-- Ordered by ~<~, as the index for prefixes is, which for handles is the alphabet.
with viewer as materialized (
  select viewer_uuid($1::text, $2::bigint) as uuid
),
followed as materialized (
  select person.uuid
  from viewer
  join follows on follows.follower_uuid = viewer.uuid
  join users person on person.uuid = follows.followed_uuid
  where person.handle like replace(lower($3::text), '_', '\_') || '%'
  order by person.handle using ~<~
  limit $4::integer
),
others as materialized (
  select other.uuid
  from viewer
  cross join lateral (
    select person.uuid, person.handle
    from users person
    where person.handle like replace(lower($3::text), '_', '\_') || '%'
      and person.uuid <> viewer.uuid
      and not is_blocked(viewer.uuid, person.uuid)
      and not exists (
        select from follows where follows.follower_uuid = viewer.uuid and follows.followed_uuid = person.uuid
      )
    order by person.handle using ~<~
    limit $4::integer
  ) other
)
select
  person.uuid,
  person.handle,
  person.display_name,
  '/media/avatars/' || person.uuid || '/' || person.avatar_key as avatar_url
from (
  select followed.uuid, 0 as tier from followed
  union all
  select others.uuid, 1 from others
) found
join users person on person.uuid = found.uuid
order by found.tier, person.handle using ~<~
limit $4::integer

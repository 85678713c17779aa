-- People whose handle begins so, those whom the viewer follows first: completion of a mention.
-- $1 viewer_sub text, $2 viewer_auth_time bigint, $3 prefix text, $4 limit integer
-- Ordered by ~<~, as the index for prefixes is, which for handles is the alphabet.
-- Whoever follows many is found among the first who are named so; the few of others are looked at one by one, see decision 22.
with viewer as materialized (
  select viewer_uuid($1::text, $2::bigint) as uuid
),
circle as materialized (
  select follows.followed_uuid as uuid
  from viewer
  join follows on follows.follower_uuid = viewer.uuid
  where follows.followed_uuid <> all (array(select departures.user_uuid from departures))
),
early as materialized (
  select named.uuid
  from (
    select person.uuid, person.handle
    from users person
    where person.handle like replace(lower($3::text), '_', '\_') || '%'
    order by person.handle using ~<~
    limit 5000
  ) named
  where (select count(*) from circle) > 300
    and (named.uuid in (select circle.uuid from circle)) is true
  order by named.handle using ~<~
  limit $4::integer
),
followed as materialized (
  select early.uuid
  from early
  where (select count(*) from early) = $4::integer
  union all
  (
    select person.uuid
    from circle
    cross join lateral (
      select users.uuid, users.handle
      from users
      where users.uuid = circle.uuid
      limit 1
    ) person
    where (select count(*) from early) < $4::integer
      and person.handle like replace(lower($3::text), '_', '\_') || '%'
    order by person.handle using ~<~
    limit $4::integer
  )
),
others as materialized (
  select other.uuid
  from viewer
  cross join lateral (
    select person.uuid
    from users person
    where person.handle like replace(lower($3::text), '_', '\_') || '%'
      and person.uuid <> viewer.uuid
      and (person.uuid in (select circle.uuid from circle)) is not true
      and not is_hidden(viewer.uuid, person.uuid)
    order by person.handle using ~<~
    limit $4::integer
  ) other
  where (select count(*) from followed) < $4::integer
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

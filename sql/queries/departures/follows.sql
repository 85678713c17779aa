-- Deletes follows by and of people who are leaving. Both people of each are locked first, in one order: they count them.
-- $1 limit integer
with leaving as materialized (
  select departures.user_uuid
  from departures
  for no key update skip locked
),
pair as materialized (
  (
    select follow.follower_uuid, follow.followed_uuid
    from leaving
    cross join lateral (
      select follows.follower_uuid, follows.followed_uuid
      from follows
      where follows.follower_uuid = leaving.user_uuid
      limit $1::integer
    ) follow
    limit $1::integer
  )
  union
  (
    select follow.follower_uuid, follow.followed_uuid
    from leaving
    cross join lateral (
      select follows.follower_uuid, follows.followed_uuid
      from follows
      where follows.followed_uuid = leaving.user_uuid
      limit $1::integer
    ) follow
    limit $1::integer
  )
),
counting as materialized (
  select users.uuid
  from users
  where users.uuid in (
    select pair.follower_uuid from pair
    union
    select pair.followed_uuid from pair
  )
  order by users.uuid
  for no key update
),
deleted as (
  delete from follows
  using pair
  where follows.follower_uuid = pair.follower_uuid
    and follows.followed_uuid = pair.followed_uuid
    and (select count(*) from counting) >= 0
  returning follows.follower_uuid
)
select count(*)::integer as count
from deleted

-- Deletes likes and reposts of people who are leaving, and the reposts' places in the feeds. The cruds are locked first, in
-- one order: they count both.
-- $1 limit integer
with leaving as materialized (
  select departures.user_uuid
  from departures
  for no key update skip locked
),
liked as materialized (
  select reaction.activity_uuid, reaction.user_uuid
  from leaving
  cross join lateral (
    select likes.activity_uuid, likes.user_uuid
    from likes
    where likes.user_uuid = leaving.user_uuid
    limit $1::integer
  ) reaction
  limit $1::integer
),
reposted as materialized (
  select reaction.activity_uuid, reaction.user_uuid
  from leaving
  cross join lateral (
    select reposts.activity_uuid, reposts.user_uuid
    from reposts
    where reposts.user_uuid = leaving.user_uuid
    limit $1::integer
  ) reaction
  limit $1::integer
),
counting as materialized (
  select activities.uuid
  from activities
  where activities.uuid in (
    select liked.activity_uuid from liked
    union
    select reposted.activity_uuid from reposted
  )
  order by activities.uuid
  for no key update
),
unliked as (
  delete from likes
  using liked
  where likes.activity_uuid = liked.activity_uuid
    and likes.user_uuid = liked.user_uuid
    and (select count(*) from counting) >= 0
  returning likes.uuid
),
unreposted as (
  delete from reposts
  using reposted
  where reposts.activity_uuid = reposted.activity_uuid
    and reposts.user_uuid = reposted.user_uuid
    and (select count(*) from counting) >= 0
  returning reposts.uuid
),
unshown as (
  delete from feed_items
  using reposted
  where feed_items.activity_uuid = reposted.activity_uuid
    and feed_items.actor_uuid = reposted.user_uuid
    and feed_items.kind = 'repost'
)
select ((select count(*) from unliked) + (select count(*) from unreposted))::integer as count

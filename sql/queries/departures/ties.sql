-- Deletes what else names people who are leaving, and nothing counts: mentions, notifications, blocks, mutes.
-- $1 limit integer (of each kind)
with leaving as materialized (
  select departures.user_uuid
  from departures
  for no key update skip locked
),
unmentioned as (
  delete from mentions
  where mentions.ctid = any(array(
    select found.ctid
    from leaving
    cross join lateral (
      select mentions.ctid from mentions where mentions.user_uuid = leaving.user_uuid limit $1::integer
    ) found
    limit $1::integer
  ))
  returning mentions.user_uuid
),
untold as (
  delete from notifications
  where notifications.ctid = any(array(
    select found.ctid
    from leaving
    cross join lateral (
      select notifications.ctid from notifications where notifications.recipient_uuid = leaving.user_uuid limit $1::integer
    ) found
    limit $1::integer
  )) or notifications.ctid = any(array(
    select found.ctid
    from leaving
    cross join lateral (
      select notifications.ctid from notifications where notifications.actor_uuid = leaving.user_uuid limit $1::integer
    ) found
    limit $1::integer
  ))
  returning notifications.uuid
),
unblocked as (
  delete from blocks
  where blocks.ctid = any(array(
    select found.ctid
    from leaving
    cross join lateral (
      select blocks.ctid from blocks where blocks.blocker_uuid = leaving.user_uuid limit $1::integer
    ) found
    limit $1::integer
  )) or blocks.ctid = any(array(
    select found.ctid
    from leaving
    cross join lateral (
      select blocks.ctid from blocks where blocks.blocked_uuid = leaving.user_uuid limit $1::integer
    ) found
    limit $1::integer
  ))
  returning blocks.blocker_uuid
),
unmuted as (
  delete from mutes
  where mutes.ctid = any(array(
    select found.ctid
    from leaving
    cross join lateral (
      select mutes.ctid from mutes where mutes.muter_uuid = leaving.user_uuid limit $1::integer
    ) found
    limit $1::integer
  )) or mutes.ctid = any(array(
    select found.ctid
    from leaving
    cross join lateral (
      select mutes.ctid from mutes where mutes.muted_uuid = leaving.user_uuid limit $1::integer
    ) found
    limit $1::integer
  ))
  returning mutes.muter_uuid
)
select (
  (select count(*) from unmentioned)
  + (select count(*) from untold)
  + (select count(*) from unblocked)
  + (select count(*) from unmuted)
)::integer as count

-- Deletes the rows of at most so many people who are leaving and have nothing left; what was written at this very moment goes
-- with them, by cascade. A picture that was set at this moment is noted, to be removed.
-- $1 limit integer
with ready as materialized (
  select departures.user_uuid
  from departures
  where departures.avatar_key is null
    and not exists (select from activities where activities.user_uuid = departures.user_uuid)
    and not exists (select from likes where likes.user_uuid = departures.user_uuid)
    and not exists (select from reposts where reposts.user_uuid = departures.user_uuid)
    and not exists (select from follows where follows.follower_uuid = departures.user_uuid)
    and not exists (select from follows where follows.followed_uuid = departures.user_uuid)
    and not exists (select from message_groups where message_groups.low_user_uuid = departures.user_uuid)
    and not exists (select from message_groups where message_groups.high_user_uuid = departures.user_uuid)
    and not exists (select from mentions where mentions.user_uuid = departures.user_uuid)
    and not exists (select from notifications where notifications.recipient_uuid = departures.user_uuid)
    and not exists (select from notifications where notifications.actor_uuid = departures.user_uuid)
    and not exists (select from blocks where blocks.blocker_uuid = departures.user_uuid)
    and not exists (select from blocks where blocks.blocked_uuid = departures.user_uuid)
    and not exists (select from mutes where mutes.muter_uuid = departures.user_uuid)
    and not exists (select from mutes where mutes.muted_uuid = departures.user_uuid)
  limit $1::integer
  for no key update skip locked
),
deleted as (
  delete from users
  using ready
  where users.uuid = ready.user_uuid
  returning users.uuid, users.avatar_key
),
noted as (
  update departures
  set avatar_key = deleted.avatar_key
  from deleted
  where departures.user_uuid = deleted.uuid and deleted.avatar_key is not null
)
select count(*)::integer as count
from deleted

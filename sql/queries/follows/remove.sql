-- Follows a person no longer. No row: nobody has the handle.
-- $1 viewer_sub text, $2 viewer_auth_time bigint, $3 handle text
with viewer as materialized (
  select viewer_uuid($1::text, $2::bigint) as uuid
),
other as materialized (
  select person.uuid
  from people() person
  where person.handle = lower($3::text)
),
deleted as (
  delete from follows
  using viewer, other
  where follows.follower_uuid = viewer.uuid and follows.followed_uuid = other.uuid
),
untold as (
  delete from notifications
  using viewer, other
  where notifications.recipient_uuid = other.uuid
    and notifications.actor_uuid = viewer.uuid
    and notifications.kind = 'follow'
)
select other.uuid
from other

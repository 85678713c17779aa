-- Blocks a person: the two see each other no more, and follows between them end, with what those told.
-- No row: nobody has the handle.
-- $1 viewer_sub text, $2 viewer_auth_time bigint, $3 handle text
with viewer as materialized (
  select viewer_uuid($1::text, $2::bigint) as uuid
),
other as materialized (
  select person.uuid
  from people() person
  where person.handle = lower($3::text)
),
inserted as (
  insert into blocks (blocker_uuid, blocked_uuid)
  select viewer.uuid, other.uuid
  from viewer, other
  where viewer.uuid is not null
  on conflict on constraint blocks__pair do nothing
),
unfollowed as (
  delete from follows
  using viewer, other
  where (follows.follower_uuid = viewer.uuid and follows.followed_uuid = other.uuid)
     or (follows.follower_uuid = other.uuid and follows.followed_uuid = viewer.uuid)
),
untold as (
  delete from notifications
  using viewer, other
  where notifications.kind = 'follow'
    and (
      (notifications.recipient_uuid = viewer.uuid and notifications.actor_uuid = other.uuid)
      or (notifications.recipient_uuid = other.uuid and notifications.actor_uuid = viewer.uuid)
    )
)
select other.uuid
from other

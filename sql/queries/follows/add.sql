-- Follows a person and tells them; once only. No row: nobody has the handle, or one of the two has blocked the other.
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
  insert into follows (follower_uuid, followed_uuid)
  select viewer.uuid, other.uuid
  from viewer, other
  where viewer.uuid is not null and not is_hidden(viewer.uuid, other.uuid)
  on conflict on constraint follows__pair do nothing
  returning follows.follower_uuid, follows.followed_uuid
),
told as (
  insert into notifications (recipient_uuid, actor_uuid, kind)
  select inserted.followed_uuid, inserted.follower_uuid, 'follow'
  from inserted
  on conflict on constraint notifications__once do nothing
)
select other.uuid
from viewer, other
where not is_hidden(viewer.uuid, other.uuid)

-- How many notifications are unread, and when the next of them ends by itself. Of more than a hundred, the newest hundred.
-- $1 viewer_sub text, $2 viewer_auth_time bigint
with viewer as materialized (
  select viewer_uuid($1::text, $2::bigint) as uuid
)
select count(*)::integer as count, min(unread.ends_at) as until
from viewer
cross join lateral (
  select notification.ends_at
  from live_notifications(viewer.uuid) notification
  where notification.read_at is null
  order by notification.uuid desc
  limit 100
) unread

-- How many notifications are unread, and when the next of them ends by itself.
-- $1 viewer_sub text, $2 viewer_auth_time bigint
with viewer as materialized (
  select viewer_uuid($1::text, $2::bigint) as uuid
)
select count(*)::integer as count, min(notification.ends_at) as until
from viewer, live_notifications(viewer.uuid) notification
where notification.read_at is null

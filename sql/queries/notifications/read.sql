-- Marks as read what the viewer has seen: everything up to a notification.
-- $1 viewer_sub text, $2 viewer_auth_time bigint, $3 up_to uuid
update notifications
set read_at = now()
where notifications.recipient_uuid = viewer_uuid($1::text, $2::bigint)
  and notifications.uuid <= $3::uuid
  and notifications.read_at is null
returning notifications.uuid

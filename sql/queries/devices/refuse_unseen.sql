-- Ends every session of the viewer's that has begun by now and was never seen here.
-- $1 viewer_sub text, $2 viewer_auth_time bigint
update users
set others_signed_out_at = now()
where users.uuid = (select lock_sessions(viewer_uuid($1::text, $2::bigint)))
returning users.uuid

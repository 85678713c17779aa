-- Ends a session of the viewer's. No row: it is not theirs, or not there. current: it is the one that asks.
-- $1 viewer_sub text, $2 viewer_auth_time bigint, $3 session_hash text (the viewer's own), $4 session_uuid uuid
update sessions
set ended_at = coalesce(sessions.ended_at, now())
where sessions.uuid = $4::uuid and sessions.user_uuid = viewer_uuid($1::text, $2::bigint)
returning sessions.hash = $3::text as current

-- Ends every session of the viewer's that was seen here but the one that asks.
-- $1 viewer_sub text, $2 viewer_auth_time bigint, $3 session_hash text (the viewer's own)
update sessions
set ended_at = now()
where sessions.user_uuid = viewer_uuid($1::text, $2::bigint)
  and sessions.hash <> $3::text
  and sessions.ended_at is null
returning sessions.uuid

-- Forgets a session's refresh token, because Cognito has revoked it or never will.
-- $1 session_hash text, $2 is_revoked boolean
update sessions
set revoked_at = case when $2::boolean then now() end, sealed_refresh_token = null
where sessions.hash = $1::text
returning sessions.uuid

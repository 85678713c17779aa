-- Refresh tokens of sessions that have ended, which Cognito is still to revoke; those that wait longest first.
-- $1 limit integer
select sessions.hash, sessions.sealed_refresh_token
from sessions
where sessions.sealed_refresh_token is not null
order by sessions.ended_at
limit $1::integer

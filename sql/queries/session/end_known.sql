-- Ends every session of a person that was seen here, also one whose auth_time lies ahead of the database's clock.
-- $1 sub text
update sessions
set ended_at = now()
from users
where users.cognito_sub = $1::text and sessions.user_uuid = users.uuid and sessions.ended_at is null
returning sessions.uuid

-- What stands against a session whose token is good. departed: the account was deleted. ended: the session was.
-- $1 sub text, $2 auth_time bigint (seconds since the epoch), $3 session_hash text
select
  has_departed(asked.sub) as departed,
  session_has_ended($2::bigint, person, session) as ended
from (values ($1::text)) asked (sub)
left join users person on person.cognito_sub = asked.sub
left join sessions session on session.hash = $3::text

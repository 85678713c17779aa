-- Makes the row of a session that Cognito has just opened. No row: its person has none either, or it has ended already. Ends
-- the session that the same browser held before, whose refresh token is kept until Cognito has revoked it.
-- $1 sub text, $2 auth_time bigint, $3 session_hash text, $4 browser text, $5 replaced_hash text (null: none),
-- $6 sealed_refresh_token text (of the one that is replaced; null: none)
with person as materialized (
  select users.uuid, session_has_ended($2::bigint, users, null) as has_ended
  from users
  where users.cognito_sub = $1::text
  for no key update of users
),
replaced as (
  update sessions
  set ended_at = now(), sealed_refresh_token = $6::text
  where sessions.hash = $5::text and sessions.hash <> $3::text and sessions.ended_at is null
)
insert into sessions (hash, user_uuid, browser, created_at)
select $3::text, person.uuid, $4::text, to_timestamp($2::bigint)
from person
where not person.has_ended
on conflict on constraint sessions__hash do nothing
returning sessions.uuid

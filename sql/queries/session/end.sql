-- Ends one session, whether or not it was seen before: from here on none of its tokens counts. The refresh token is kept until
-- Cognito has revoked it.
-- $1 session_hash text, $2 sub text (null: unknown), $3 browser text, $4 sealed_refresh_token text (null: there is none)
insert into sessions as session (hash, user_uuid, browser, ended_at, sealed_refresh_token)
values (
  $1::text,
  (select users.uuid from users where users.cognito_sub = $2::text),
  $3::text,
  now(),
  $4::text
)
on conflict on constraint sessions__hash do update
set
  ended_at = coalesce(session.ended_at, excluded.ended_at),
  sealed_refresh_token = case
    when session.revoked_at is null then coalesce(excluded.sealed_refresh_token, session.sealed_refresh_token)
  end
returning session.user_uuid

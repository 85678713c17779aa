-- Ends one session, with or without a row: all its tokens are refused from now on. Stores its sealed refresh token (null: none)
-- until Cognito has revoked it. sub is null if only the signed cookie names the session. Returns the session's user, if known.
create or replace function end_session(session_hash text, sub text, browser text, sealed_refresh_token text)
returns table (user_uuid uuid)
language plpgsql security definer
as $$
begin
  return query
  insert into sessions as session (hash, user_uuid, browser, ended_at, sealed_refresh_token)
  values (
    end_session.session_hash,
    find_viewer(end_session.sub),
    end_session.browser,
    now(),
    end_session.sealed_refresh_token
  )
  on conflict on constraint sessions__hash do update
  set
    ended_at = coalesce(session.ended_at, excluded.ended_at),
    sealed_refresh_token = case
      when session.revoked_at is null then coalesce(excluded.sealed_refresh_token, session.sealed_refresh_token)
    end
  returning session.user_uuid;
end
$$;

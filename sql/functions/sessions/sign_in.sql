-- Starts a session with a new token of Cognito, and creates its user unless it exists or `handle` is null (create_user). Returns
-- the session's state, as session_state does. With `browser`, inserts the session's row, and ends the browser's previous session
-- (`replaced_hash`) and stores its sealed refresh token until Cognito has revoked it. These three may be null.
-- CR40R: the account is due for a password reset.
create or replace function sign_in(
  sub text,
  auth_time bigint,
  session_hash text,
  handle text,
  display_name text,
  email text,
  handle_hash text,
  email_hash text,
  browser text,
  replaced_hash text,
  sealed_refresh_token text
)
returns table (problem text, account json)
language plpgsql security definer
as $$
declare
  state record;
begin
  if sign_in.handle is not null then
    perform create_user(
      sign_in.sub,
      sign_in.handle,
      sign_in.display_name,
      sign_in.email,
      sign_in.handle_hash,
      sign_in.email_hash,
      sign_in.auth_time
    );
  end if;

  -- Lock against a concurrent "end all sessions" of this user.
  perform from users member where member.cognito_sub = sign_in.sub for key share;

  select found.* into state
  from session_state(sign_in.sub, sign_in.auth_time, sign_in.session_hash) found;
  if state.problem = 'deleted' then
    return query select state.problem, state.account;
    return;
  end if;
  if is_password_reset_due(sign_in.email_hash, sign_in.sub) then
    raise exception using errcode = 'CR40R', message = 'the password must be reset first';
  end if;
  if state.problem = 'ended' or began_before_reset(sign_in.email_hash, sign_in.auth_time) then
    return query select 'ended', null::json;
    return;
  end if;

  if sign_in.browser is not null then
    update sessions replaced
    set ended_at = now(), sealed_refresh_token = sign_in.sealed_refresh_token
    where replaced.hash = sign_in.replaced_hash and replaced.hash <> sign_in.session_hash and replaced.ended_at is null;

    insert into sessions (hash, user_uuid, browser, created_at)
    select sign_in.session_hash, member.uuid, sign_in.browser, to_timestamp(sign_in.auth_time)
    from users member
    where member.cognito_sub = sign_in.sub
    on conflict on constraint sessions__hash do nothing;
  end if;
  return query select state.problem, state.account;
end
$$;

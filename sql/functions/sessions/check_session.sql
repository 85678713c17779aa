-- Checks the viewer's session; the first statement of each batch with a viewer. Returns the viewer's uuid, null for a sub without
-- a user. Inserts the row of a new session. CR401: the session has ended. CR404: the sub has no user, and the batch requires one
-- (`is_required`). CR43S: the viewer is suspended, and the batch writes what suspended users may not (`is_write`).
create or replace function check_session(
  sub text,
  auth_time bigint,
  session_hash text,
  browser text,
  is_required boolean,
  is_write boolean
)
returns table (uuid uuid)
language plpgsql security definer
as $$
declare
  today constant date := (now() at time zone 'UTC')::date;
  known record;
  has_ended boolean;
begin
  select found.* into known
  from find_session(check_session.sub, check_session.auth_time, check_session.session_hash) found;

  if known.user_uuid is not null and known.session_uuid is null then
    -- A new session: lock the user's row against a concurrent "end all sessions", which locks it for update. A key share suffices
    -- for that, and does not block two users who follow each other at the same time.
    perform from users member where member.uuid = known.user_uuid for key share;
    select found.* into known
    from find_session(check_session.sub, check_session.auth_time, check_session.session_hash) found;
  end if;

  if known.has_ended or (known.user_uuid is null and is_account_deleted(check_session.sub)) then
    raise exception using errcode = 'CR401', message = 'the session has ended';
  end if;
  if known.user_uuid is null and check_session.is_required then
    raise exception using errcode = 'CR404', message = 'this sub has no user yet';
  end if;

  if known.is_suspended and check_session.is_write then
    raise exception using errcode = 'CR43S', message = 'the viewer is suspended';
  end if;

  if known.user_uuid is null then
    null;
  elsif known.session_uuid is null then
    insert into sessions as session (hash, user_uuid, browser, created_at)
    values (
      check_session.session_hash, known.user_uuid, check_session.browser, to_timestamp(check_session.auth_time)
    )
    -- The session may be ended concurrently: the update makes `returning` see the newest version of the row.
    on conflict on constraint sessions__hash do update set last_seen_on = excluded.last_seen_on
    returning session.ended_at is not null into has_ended;
    if has_ended then
      raise exception using errcode = 'CR401', message = 'the session has ended';
    end if;
  elsif known.last_seen_on < today then
    update sessions session
    set last_seen_on = today
    where session.uuid = known.session_uuid and session.last_seen_on < today;
  end if;
  uuid := known.user_uuid;
  return next;
end
$$;

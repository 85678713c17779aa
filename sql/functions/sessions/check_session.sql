-- Opens a batch that has a viewer and returns who that is; null for a sub without a user. Adds the row of a session that is seen
-- for the first time. CR401: the session has ended. CR404: the sub has no user, and the batch needs one (`is_required`).
create or replace function check_session(
  sub text,
  auth_time bigint,
  session_hash text,
  browser text,
  is_required boolean
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
    -- Seen for the first time: whoever ends all other sessions takes the user's row for update, so one of the two waits. A key
    -- share is enough for that, and lets two users who follow each other at this moment lock one another's rows.
    perform from users member where member.uuid = known.user_uuid for key share;
    select found.* into known
    from find_session(check_session.sub, check_session.auth_time, check_session.session_hash) found;
  end if;

  if known.has_ended or (known.user_uuid is null and is_account_deleted(check_session.sub)) then
    raise exception using errcode = 'CR401', message = 'the session has ended';
  end if;
  if known.user_uuid is null and check_session.is_required then
    raise exception using errcode = 'CR404', message = 'nobody has this sub yet';
  end if;

  if known.user_uuid is null then
    null;
  elsif known.session_uuid is null then
    insert into sessions as session (hash, user_uuid, browser, created_at)
    values (
      check_session.session_hash, known.user_uuid, check_session.browser, to_timestamp(check_session.auth_time)
    )
    -- It may be ended at this moment: with an update the row is read as it is now.
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

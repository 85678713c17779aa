-- Where people are signed in: one row a sign-in, so that each can be ended by itself and at once. Access tokens verify until
-- they expire, so every batch of a viewer begins with check_session. See decision 38.

create table sessions (
  uuid uuid not null default uuidv7(),
  hash text not null,
  user_uuid uuid,
  browser text not null,
  created_at timestamptz not null default now(),
  last_seen_on date not null default (now() at time zone 'UTC')::date,
  ended_at timestamptz,
  revoked_at timestamptz,
  sealed_refresh_token text,
  constraint sessions__uuid primary key (uuid),
  constraint sessions__hash unique (hash),
  constraint sessions__user foreign key (user_uuid) references users (uuid) on delete cascade,
  constraint sessions__browser_length check (octet_length(browser) <= 100),
  constraint sessions__sealed_after_end check (sealed_refresh_token is null or ended_at is not null)
);
create index sessions__by_user on sessions (user_uuid, uuid desc);
create index sessions__by_age on sessions (created_at);
create index sessions__by_revocation on sessions (revoked_at) where revoked_at is not null;
create index sessions__to_revoke on sessions (ended_at) where sealed_refresh_token is not null;

comment on table sessions is 'Sign-ins; swept once no token of theirs can count any more.';
comment on column sessions.hash is 'SHA-256 of the token family: of the origin_jti claim, which all tokens of a sign-in share.';
comment on column sessions.user_uuid is 'null: it ended before its person had a row.';
comment on column sessions.browser is 'Kind of browser, such as "Firefox on Android".';
comment on column sessions.created_at is 'When the person signed in: the auth_time claim.';
comment on column sessions.last_seen_on is 'A date in UTC, so that a session is written once a day at most.';
comment on column sessions.revoked_at is 'When Cognito revoked its refresh token.';
comment on column sessions.sealed_refresh_token is 'Encrypted; kept only until Cognito has revoked it.';

alter table users add column others_signed_out_at timestamptz;
comment on column users.others_signed_out_at is
  'When all sessions but one were ended: a session that has no row yet counts only if it began later.';

-- Whether a session has ended: with all others of its person, by age, or by itself. Either row may be null. The age makes
-- sure that a session whose row was swept does not come back.
create function session_has_ended(auth_time bigint, person users, session sessions) returns boolean
language sql stable parallel safe
return coalesce(
  to_timestamp(auth_time) <= greatest(person.signed_out_at, now() - interval '31 days')
  or session.ended_at is not null
  or (session.uuid is null and to_timestamp(auth_time) <= person.others_signed_out_at),
  false
);

-- Makes a session that is seen for the first time and the end of all others take turns until their transactions end; returns the
-- person. No lock of the person's row: a follow that is under way counts in that row, and may wait for this transaction's turn.
create function lock_sessions(user_uuid uuid) returns uuid
language plpgsql
as $$
begin
  perform pg_advisory_xact_lock(hashtextextended('sessions ' || user_uuid, 0));
  return user_uuid;
end
$$;

-- Opens a batch that has a viewer; returns who that is. CR401: the session has ended. CR404: nobody has this sub yet, and the
-- batch needs somebody; otherwise null. Makes the row of a session that is seen for the first time.
create function check_session(sub text, auth_time bigint, session_hash text, browser text, is_required boolean)
returns uuid
language plpgsql
as $$
declare
  today constant date := (now() at time zone 'UTC')::date;
  known record;
  is_locked boolean := false;
  has_ended boolean;
begin
  loop
    select
      person.uuid as user_uuid,
      session.uuid as session_uuid,
      session.last_seen_on,
      session_has_ended(check_session.auth_time, person, session) as has_ended
    into known
    from (values (check_session.sub)) asked (sub)
    left join users person on person.cognito_sub = asked.sub
    left join sessions session on session.hash = check_session.session_hash;

    exit when is_locked or known.user_uuid is null or known.session_uuid is not null;
    -- Seen for the first time: whoever ends all other sessions now waits for its row, or is waited for here.
    perform lock_sessions(known.user_uuid);
    is_locked := true;
  end loop;

  if known.has_ended or (known.user_uuid is null and has_departed(check_session.sub)) then
    raise exception using errcode = 'CR401', message = 'the session has ended';
  end if;
  if known.user_uuid is null then
    if check_session.is_required then
      raise exception using errcode = 'CR404', message = 'nobody has this sub yet';
    end if;
    return null;
  end if;

  if known.session_uuid is null then
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
    update sessions
    set last_seen_on = today
    where sessions.uuid = known.session_uuid and sessions.last_seen_on < today;
  end if;
  return known.user_uuid;
end
$$;

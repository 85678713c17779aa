-- Returns the user and the session of a token; always one row. A uuid is null if the user or session has no row.
create or replace function find_session(sub text, auth_time bigint, session_hash text)
returns table (user_uuid uuid, session_uuid uuid, last_seen_on date, has_ended boolean, is_suspended boolean)
language sql stable
as $$
  select
    member.uuid,
    session.uuid,
    session.last_seen_on,
    has_session_ended(find_session.auth_time, member, session),
    coalesce(member.suspended_until > now(), false)
  from (values (find_session.sub)) token (sub)
  left join users member on member.cognito_sub = token.sub
  left join sessions session on session.hash = find_session.session_hash
$$;

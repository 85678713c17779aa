-- Returns whether a session has ended: with all sessions of its user, by age, or by itself. Either row may be null. The age limit
-- also ends sessions whose row was swept.
create or replace function has_session_ended(auth_time bigint, member users, session sessions) returns boolean
language sql stable
as $$
  select coalesce(
    to_timestamp(auth_time) <= greatest((member).signed_out_at, now() - interval '31 days')
    or (session).ended_at is not null
    or ((session).uuid is null and to_timestamp(auth_time) <= (member).others_signed_out_at),
    false
  )
$$;

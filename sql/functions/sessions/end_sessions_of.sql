-- Ends every session of a user: those that have begun by now, and those that were seen here, whose auth_time may lie ahead of the
-- database's clock. Those of a deleted account stay ended for good.
create or replace function end_sessions_of(user_uuid uuid) returns void
language plpgsql
as $$
begin
  -- A session that is seen for the first time at this moment waits for this lock, or is waited for (check_session).
  perform from users member where member.uuid = end_sessions_of.user_uuid for update;

  update users member
  set signed_out_at = greatest(now(), member.signed_out_at)
  where member.uuid = end_sessions_of.user_uuid;

  update sessions session
  set ended_at = now()
  where session.user_uuid = end_sessions_of.user_uuid and session.ended_at is null;
end
$$;

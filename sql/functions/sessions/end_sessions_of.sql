-- Ends all sessions of a user: by signed_out_at all that began before now, and each one with a row, since its auth_time may be
-- ahead of the database's clock. The sessions of a deleted account stay ended forever.
create or replace function end_sessions_of(user_uuid uuid) returns void
language plpgsql
as $$
begin
  -- check_session takes a lock that conflicts before it inserts a session's row, so no new row can be missed.
  perform from users member where member.uuid = end_sessions_of.user_uuid for update;

  update users member
  set signed_out_at = greatest(now(), member.signed_out_at)
  where member.uuid = end_sessions_of.user_uuid;

  update sessions session
  set ended_at = now()
  where session.user_uuid = end_sessions_of.user_uuid and session.ended_at is null;
end
$$;

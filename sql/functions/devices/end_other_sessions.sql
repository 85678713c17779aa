-- Ends every session of the viewer's but the one that asks (session_hash): those that were never seen here, and those that were.
create or replace function end_other_sessions(viewer_sub text, session_hash text) returns void
language plpgsql security definer
as $$
declare
  viewer constant uuid := find_viewer(end_other_sessions.viewer_sub);
begin
  -- A session that is seen for the first time at this moment waits for this lock, or is waited for (check_session).
  perform from users member where member.uuid = viewer for update;

  update users member set others_signed_out_at = now() where member.uuid = viewer;

  update sessions session
  set ended_at = now()
  where session.user_uuid = viewer
    and session.hash <> end_other_sessions.session_hash
    and session.ended_at is null;
end
$$;

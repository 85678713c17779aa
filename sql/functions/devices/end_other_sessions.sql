-- Ends all sessions of the viewer but that of the request (session_hash), also those without a row.
create or replace function end_other_sessions(viewer_sub text, session_hash text) returns void
language plpgsql security definer
as $$
declare
  viewer constant uuid := find_viewer(end_other_sessions.viewer_sub);
begin
  -- check_session takes a lock that conflicts before it inserts a session's row, so no new row can be missed.
  perform from users member where member.uuid = viewer for update;

  update users member set others_signed_out_at = now() where member.uuid = viewer;

  update sessions session
  set ended_at = now()
  where session.user_uuid = viewer
    and session.hash <> end_other_sessions.session_hash
    and session.ended_at is null;
end
$$;

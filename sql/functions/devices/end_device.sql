-- Ends one of the viewer's sessions. current: whether it is the session of the request (session_hash). ended_hash: its hash.
-- No row: it is unknown or another user's.
create or replace function end_device(viewer_sub text, session_hash text, session_uuid uuid)
returns table (current boolean, ended_hash text)
language plpgsql security definer
as $$
begin
  return query
  update sessions session
  set ended_at = coalesce(session.ended_at, now())
  where session.uuid = end_device.session_uuid and session.user_uuid = find_viewer(end_device.viewer_sub)
  returning session.hash = end_device.session_hash, session.hash;
end
$$;

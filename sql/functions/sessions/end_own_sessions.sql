-- Ends all sessions of the viewer. The viewer's own session must be valid: a thief may still have the token of an ended one.
create or replace function end_own_sessions(viewer_sub text) returns void
language plpgsql security definer
as $$
begin
  perform end_sessions_of(find_viewer(end_own_sessions.viewer_sub));
end
$$;

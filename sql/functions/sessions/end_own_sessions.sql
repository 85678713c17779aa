-- Ends every session of the viewer, whose own must be good: whoever stole one that has ended may still have its token.
create or replace function end_own_sessions(viewer_sub text) returns void
language plpgsql security definer
as $$
begin
  perform end_sessions_of(find_viewer(end_own_sessions.viewer_sub));
end
$$;

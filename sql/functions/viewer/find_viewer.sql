-- Returns the viewer's uuid; null when signed out. check_session has checked the session at the start of the batch.
create or replace function find_viewer(viewer_sub text) returns uuid
language sql stable
as $$
  select users.uuid from users where users.cognito_sub = find_viewer.viewer_sub
$$;

-- The user who asks; null when signed out. The session itself was checked at the beginning of the batch (check_session).
create or replace function find_viewer(viewer_sub text) returns uuid
language sql stable
as $$
  select users.uuid from users where users.cognito_sub = find_viewer.viewer_sub
$$;

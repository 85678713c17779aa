-- Closes what home shows the viewer as a new user (read_arrival), for good.
create or replace function dismiss_arrival(viewer_sub text) returns void
language plpgsql security definer
as $$
begin
  update users
  set arrival_dismissed = true
  where users.cognito_sub = dismiss_arrival.viewer_sub and not users.arrival_dismissed;
end
$$;

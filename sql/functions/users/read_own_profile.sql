-- Returns the viewer's own profile and preferences.
create or replace function read_own_profile(viewer_sub text) returns table (profile json, preferences json)
language plpgsql stable security definer
set plan_cache_mode = force_generic_plan
set enable_memoize = off
as $$
declare
  viewer constant uuid := find_viewer(read_own_profile.viewer_sub);
begin
  return query
  select own.profile, own.preferences from own_profile(viewer) own;
end
$$;

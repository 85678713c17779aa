-- Returns a user's profile as the viewer sees it. No row: unknown handle, or its owner has blocked the viewer.
create or replace function read_profile(viewer_sub text, handle text) returns table (profile json)
language plpgsql stable security definer
set plan_cache_mode = force_generic_plan
set enable_memoize = off
as $$
declare
  viewer constant uuid := find_viewer(read_profile.viewer_sub);
begin
  return query
  select shown.profile
  from visible_users(viewer) person
  cross join lateral (
    select profiles.profile from user_profiles(viewer) profiles where profiles.uuid = person.uuid limit 1
  ) shown
  where person.handle = lower(read_profile.handle);
end
$$;

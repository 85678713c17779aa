-- Returns a user's uuid and names. No row: unknown handle, or its owner has blocked the viewer.
create or replace function read_user(viewer_sub text, handle text) returns table ("user" json)
language plpgsql stable security definer
set plan_cache_mode = force_generic_plan
set enable_memoize = off
as $$
declare
  viewer constant uuid := find_viewer(read_user.viewer_sub);
begin
  return query
  select json_build_object('uuid', person.uuid, 'handle', person.handle, 'display_name', person.display_name)
  from visible_users(viewer) person
  where person.handle = lower(read_user.handle);
end
$$;

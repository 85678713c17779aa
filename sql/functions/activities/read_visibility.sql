-- Returns an activity's uuid and expiry if the viewer may see it, else no row: distinguishes an activity without replies from
-- one that has expired or was deleted.
create or replace function read_visibility(viewer_sub text, activity_uuid uuid)
returns table (uuid uuid, expires_at timestamptz)
language plpgsql stable security definer
set plan_cache_mode = force_generic_plan
set enable_memoize = off
as $$
declare
  viewer constant uuid := find_viewer(read_visibility.viewer_sub);
begin
  return query
  select visible.uuid, visible.expires_at
  from visible_activities(viewer) visible
  where visible.uuid = read_visibility.activity_uuid;
end
$$;

-- Unmutes a user and returns their profile after the change. No row: unknown handle, or its owner has blocked the viewer; the mute
-- is deleted in any case.
create or replace function unmute_user(viewer_sub text, handle text) returns table (profile json)
language plpgsql security definer
as $$
declare
  viewer constant uuid := find_viewer(unmute_user.viewer_sub);
  muted constant uuid := find_user(unmute_user.handle);
begin
  delete from mutes
  where mutes.muter_uuid = viewer and mutes.muted_uuid = muted;

  return query
  select shown.profile
  from visible_users(viewer) person
  join user_profiles(viewer) shown on shown.uuid = person.uuid
  where person.uuid = muted;
end
$$;

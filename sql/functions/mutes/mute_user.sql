-- Mutes a user for a number of seconds (null: without end) and returns their profile after the change. Muting again sets the new
-- end. No row: unknown handle, or its owner has blocked the viewer.
create or replace function mute_user(viewer_sub text, handle text, seconds integer) returns table (profile json)
language plpgsql security definer
as $$
declare
  viewer constant uuid := find_viewer(mute_user.viewer_sub);
  muted uuid;
begin
  select visible.uuid into muted
  from visible_users(viewer) visible
  where visible.handle = lower(mute_user.handle);
  if not found then
    return;
  end if;

  insert into mutes (muter_uuid, muted_uuid, ends_at)
  values (viewer, muted, coalesce(now() + mute_user.seconds * interval '1 second', 'infinity'))
  on conflict on constraint mutes__pair do update set ends_at = excluded.ends_at;

  return query
  select profiles.profile from user_profiles(viewer) profiles where profiles.uuid = muted;
end
$$;

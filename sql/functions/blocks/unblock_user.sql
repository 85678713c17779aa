-- Unblocks a user and returns their profile after the change. If they have blocked the viewer too, the viewer cannot see them
-- afterwards. No row: unknown handle, or its owner has blocked the viewer and the viewer has not blocked them.
create or replace function unblock_user(viewer_sub text, handle text) returns table (profile json)
language plpgsql security definer
as $$
declare
  viewer constant uuid := find_viewer(unblock_user.viewer_sub);
  blocked constant uuid := find_user(unblock_user.handle);
begin
  perform lock_users(viewer, blocked);

  -- Check before deleting the block: only with it can the viewer see a user who has blocked them too.
  if not exists (select from visible_users(viewer) visible where visible.uuid = blocked) then
    return;
  end if;

  delete from blocks
  where blocks.blocker_uuid = viewer and blocks.blocked_uuid = blocked;

  return query
  select profiles.profile from user_profiles(viewer) profiles where profiles.uuid = blocked;
end
$$;

-- Blocks a user and returns their profile after the change: the two no longer see each other, follows and follow requests between
-- them are deleted with their notifications, and each leaves the other's circle. Idempotent. No row: unknown handle.
create or replace function block_user(viewer_sub text, handle text) returns table (profile json)
language plpgsql security definer
as $$
declare
  viewer constant uuid := find_viewer(block_user.viewer_sub);
  blocked uuid;
begin
  perform lock_users(viewer, find_user(block_user.handle));

  -- Check after locking: the account may have been deleted while this waited.
  blocked := find_user(block_user.handle);
  if blocked is null then
    return;
  end if;

  insert into blocks (blocker_uuid, blocked_uuid)
  values (viewer, blocked)
  on conflict on constraint blocks__pair do nothing;

  perform end_follow(viewer, blocked);
  perform end_follow(blocked, viewer);

  delete from circle_members
  where (circle_members.owner_uuid = viewer and circle_members.member_uuid = blocked)
    or (circle_members.owner_uuid = blocked and circle_members.member_uuid = viewer);

  return query
  select profiles.profile from user_profiles(viewer) profiles where profiles.uuid = blocked;
end
$$;

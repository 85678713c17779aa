-- Blocks a user and returns their profile after the change: the two no longer see each other, and follows between them are deleted
-- with their notifications. Idempotent. No row: unknown handle.
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

  delete from follows
  where (follows.follower_uuid = viewer and follows.followed_uuid = blocked)
    or (follows.follower_uuid = blocked and follows.followed_uuid = viewer);

  delete from notifications
  where notifications.kind = 'follow'
    and (
      (notifications.recipient_uuid = viewer and notifications.actor_uuid = blocked)
      or (notifications.recipient_uuid = blocked and notifications.actor_uuid = viewer)
    );

  return query
  select profiles.profile from user_profiles(viewer) profiles where profiles.uuid = blocked;
end
$$;

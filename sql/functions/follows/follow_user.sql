-- Follows a user, notifies them, and returns their profile after the change. Idempotent. Triggers update the counts of both.
-- No row: unknown handle, or one of the two has blocked the other.
create or replace function follow_user(viewer_sub text, handle text) returns table (profile json)
language plpgsql security definer
as $$
declare
  viewer constant uuid := find_viewer(follow_user.viewer_sub);
  followed uuid;
begin
  perform lock_users(viewer, find_user(follow_user.handle));

  -- Check after locking: one of the two may have blocked the other or deleted the account while this waited.
  followed := find_seen_user(viewer, follow_user.handle);
  if followed is null then
    return;
  end if;

  insert into follows (follower_uuid, followed_uuid)
  values (viewer, followed)
  on conflict on constraint follows__pair do nothing;

  if found then
    insert into notifications (recipient_uuid, actor_uuid, kind)
    values (followed, viewer, 'follow')
    on conflict on constraint notifications__once do nothing;
  end if;

  return query
  select profiles.profile from user_profiles(viewer) profiles where profiles.uuid = followed;
end
$$;

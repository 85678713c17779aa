-- Ends a user's follow of the viewer, or the request for it (end_follow), and returns their profile after the change. The user is
-- not notified. No row: unknown handle, or its owner has blocked the viewer; the follow is deleted in any case.
create or replace function remove_follower(viewer_sub text, handle text) returns table (profile json)
language plpgsql security definer
as $$
declare
  viewer constant uuid := find_viewer(remove_follower.viewer_sub);
  follower constant uuid := find_user(remove_follower.handle);
begin
  perform lock_users(viewer, follower);
  perform end_follow(follower, viewer);

  return query
  select shown.profile
  from visible_users(viewer) person
  join user_profiles(viewer) shown on shown.uuid = person.uuid
  where person.uuid = follower;
end
$$;

-- Ends a user's follow of the viewer, or the request of one (end_follow), of which they are not notified. Returns their profile as it
-- is now. No row: nobody has the handle, or its owner has blocked the viewer; the follow is gone all the same.
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

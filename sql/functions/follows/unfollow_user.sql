-- Unfollows a user or withdraws the request to (end_follow), and returns their profile after the change. Triggers update the counts
-- of both. No row: unknown handle, or its owner has blocked the viewer; the follow is deleted in any case.
create or replace function unfollow_user(viewer_sub text, handle text) returns table (profile json)
language plpgsql security definer
as $$
declare
  viewer constant uuid := find_viewer(unfollow_user.viewer_sub);
  followed constant uuid := find_user(unfollow_user.handle);
begin
  perform lock_users(viewer, followed);
  perform end_follow(viewer, followed);

  return query
  select shown.profile
  from visible_users(viewer) person
  join user_profiles(viewer) shown on shown.uuid = person.uuid
  where person.uuid = followed;
end
$$;

-- Takes back the viewer's follow of a user, with its notification, and returns their profile as it is now. The counters of both
-- move by trigger. No row: nobody has the handle, or its owner has blocked the viewer; the follow is gone all the same.
create or replace function unfollow_user(viewer_sub text, handle text) returns table (profile json)
language plpgsql security definer
as $$
declare
  viewer constant uuid := find_viewer(unfollow_user.viewer_sub);
  followed constant uuid := find_user(unfollow_user.handle);
begin
  perform lock_users(viewer, followed);

  delete from follows
  where follows.follower_uuid = viewer and follows.followed_uuid = followed;

  delete from notifications
  where notifications.recipient_uuid = followed
    and notifications.actor_uuid = viewer
    and notifications.kind = 'follow';

  return query
  select shown.profile
  from visible_users(viewer) person
  join user_profiles(viewer) shown on shown.uuid = person.uuid
  where person.uuid = followed;
end
$$;

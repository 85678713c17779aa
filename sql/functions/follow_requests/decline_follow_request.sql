-- Declines a user's request to follow the viewer, and returns their profile after the change. The user is not notified. An existing
-- follow stays. No row: unknown handle, or its owner has blocked the viewer.
create or replace function decline_follow_request(viewer_sub text, handle text) returns table (profile json)
language plpgsql security definer
as $$
declare
  viewer constant uuid := find_viewer(decline_follow_request.viewer_sub);
  follower constant uuid := find_user(decline_follow_request.handle);
begin
  perform lock_users(viewer, follower);

  delete from follow_requests
  where follow_requests.follower_uuid = follower and follow_requests.followed_uuid = viewer;

  update notifications
  set withdrawn_at = now(), read_at = coalesce(notifications.read_at, now())
  where notifications.recipient_uuid = viewer
    and notifications.actor_uuid = follower
    and notifications.kind = 'follow_request';

  return query
  select shown.profile
  from visible_users(viewer) person
  join user_profiles(viewer) shown on shown.uuid = person.uuid
  where person.uuid = follower;
end
$$;

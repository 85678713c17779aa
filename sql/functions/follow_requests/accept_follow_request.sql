-- Accepts a user's request to follow the viewer, and returns their profile after the change. The viewer gets a notification of the
-- follow, already read. Idempotent. No row: unknown handle, or the user neither asks to follow nor follows.
create or replace function accept_follow_request(viewer_sub text, handle text) returns table (profile json)
language plpgsql security definer
as $$
declare
  viewer constant uuid := find_viewer(accept_follow_request.viewer_sub);
  follower constant uuid := find_user(accept_follow_request.handle);
begin
  perform lock_users(viewer, follower);
  perform accept_requests_of(viewer, array[follower]);

  return query
  select shown.profile
  from visible_users(viewer) person
  join user_profiles(viewer) shown on shown.uuid = person.uuid
  where person.uuid = follower
    and exists (select from follows where follows.follower_uuid = follower and follows.followed_uuid = viewer);
end
$$;

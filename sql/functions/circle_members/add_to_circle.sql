-- Adds a user to the viewer's circle and returns their profile after the change. Idempotent. The user is not notified. No row:
-- unknown handle, or one of the two has blocked the other.
create or replace function add_to_circle(viewer_sub text, handle text) returns table (profile json)
language plpgsql security definer
as $$
declare
  viewer constant uuid := find_viewer(add_to_circle.viewer_sub);
  member uuid;
begin
  perform lock_users(viewer, find_user(add_to_circle.handle));

  -- Check after locking: one of the two may have blocked the other or deleted the account while this waited.
  member := find_user_unless_hidden(viewer, add_to_circle.handle);
  if member is null then
    return;
  end if;

  insert into circle_members (owner_uuid, member_uuid)
  values (viewer, member)
  on conflict on constraint circle_members__pair do nothing;

  return query
  select profiles.profile from user_profiles(viewer) profiles where profiles.uuid = member;
end
$$;

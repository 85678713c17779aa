-- Adds a user to the viewer's circle, of which they are not notified, and returns their profile as it is now. A second time changes
-- nothing. No row: nobody has the handle, or one of the two has blocked the other.
create or replace function add_to_circle(viewer_sub text, handle text) returns table (profile json)
language plpgsql security definer
as $$
declare
  viewer constant uuid := find_viewer(add_to_circle.viewer_sub);
  member uuid;
begin
  perform lock_users(viewer, find_user(add_to_circle.handle));

  -- Looked at after the lock: one of the two may have been blocking the other, or leaving, while this waited.
  member := find_seen_user(viewer, add_to_circle.handle);
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

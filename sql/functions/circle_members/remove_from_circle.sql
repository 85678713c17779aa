-- Removes a user from the viewer's circle, of which they are not notified, and returns their profile as it is now. No row: nobody
-- has the handle, or its owner has blocked the viewer; they are no member all the same.
create or replace function remove_from_circle(viewer_sub text, handle text) returns table (profile json)
language plpgsql security definer
as $$
declare
  viewer constant uuid := find_viewer(remove_from_circle.viewer_sub);
  member constant uuid := find_user(remove_from_circle.handle);
begin
  delete from circle_members
  where circle_members.owner_uuid = viewer and circle_members.member_uuid = member;

  return query
  select shown.profile
  from visible_users(viewer) person
  join user_profiles(viewer) shown on shown.uuid = person.uuid
  where person.uuid = member;
end
$$;

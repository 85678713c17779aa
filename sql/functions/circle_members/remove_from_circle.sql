-- Removes a user from the viewer's circle and returns their profile after the change. The user is not notified. No row: unknown
-- handle, or its owner has blocked the viewer; the member is removed in any case.
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

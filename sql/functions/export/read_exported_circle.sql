-- Returns a page of the users in the viewer's circle, latest sign-up first. Pages by position: before null, from the start.
create or replace function read_exported_circle(viewer_sub text, before uuid, page_size integer)
returns table (handle text, created_at timestamptz, "position" uuid)
language plpgsql stable security definer
set plan_cache_mode = force_generic_plan
set enable_memoize = off
as $$
declare
  viewer constant uuid := find_viewer(read_exported_circle.viewer_sub);
begin
  return query
  select member.handle, page.created_at, page.uuid
  from (
    select circle_members.member_uuid as uuid, circle_members.created_at
    from circle_members
    where circle_members.owner_uuid = viewer
      and circle_members.member_uuid < coalesce(read_exported_circle.before, 'ffffffff-ffff-ffff-ffff-ffffffffffff')
      and circle_members.member_uuid <> all (array(select hidden.uuid from hidden_users(viewer) hidden))
    order by circle_members.member_uuid desc
    limit 1000
  ) page
  join users member on member.uuid = page.uuid
  order by page.uuid desc
  limit read_exported_circle.page_size;
end
$$;

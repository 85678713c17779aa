-- Returns a page of the users who ask to follow the viewer, latest request first. Pages by position: before null, from the latest.
create or replace function read_exported_follow_requests(viewer_sub text, before uuid, page_size integer)
returns table (handle text, created_at timestamptz, "position" uuid)
language plpgsql stable security definer
set plan_cache_mode = force_generic_plan
set enable_memoize = off
as $$
declare
  viewer constant uuid := find_viewer(read_exported_follow_requests.viewer_sub);
begin
  return query
  select member.handle, page.created_at, page.uuid
  from (
    select request.uuid, request.follower_uuid as member_uuid, request.created_at
    from follow_requests request
    where request.followed_uuid = viewer
      and request.uuid < coalesce(read_exported_follow_requests.before, 'ffffffff-ffff-ffff-ffff-ffffffffffff')
      and request.follower_uuid <> all (array(select hidden.uuid from hidden_users(viewer) hidden))
    order by request.uuid desc
    limit 1000
  ) page
  join users member on member.uuid = page.member_uuid
  order by page.uuid desc
  limit read_exported_follow_requests.page_size;
end
$$;

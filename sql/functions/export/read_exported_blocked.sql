-- Returns a page of the users that the viewer has blocked, latest sign-up first. Pages by position: before null, from the start.
create or replace function read_exported_blocked(viewer_sub text, before uuid, page_size integer)
returns table (handle text, created_at timestamptz, "position" uuid)
language plpgsql stable security definer
set plan_cache_mode = force_generic_plan
set enable_memoize = off
as $$
declare
  viewer constant uuid := find_viewer(read_exported_blocked.viewer_sub);
begin
  return query
  select page.handle, page.created_at, page.uuid
  from (
    select member.handle, blocks.created_at as created_at, member.uuid
    from blocks
    cross join lateral (
      select visible.handle, visible.uuid from visible_users(viewer) visible where visible.uuid = blocks.blocked_uuid limit 1
    ) member
    where blocks.blocker_uuid = viewer
      and blocks.blocked_uuid < coalesce(read_exported_blocked.before, 'ffffffff-ffff-ffff-ffff-ffffffffffff')
    order by blocks.blocked_uuid desc
    limit 1000
  ) page
  order by page.uuid desc
  limit read_exported_blocked.page_size;
end
$$;

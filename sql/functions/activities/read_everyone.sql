-- Returns a page of listed top-level activities for everyone, newest first. Pages by position: before null, from the newest.
create or replace function read_everyone(viewer_sub text, before uuid, page_size integer)
returns table (activity json, "position" uuid)
language plpgsql stable security definer
set plan_cache_mode = force_generic_plan
set enable_memoize = off
as $$
declare
  viewer constant uuid := find_viewer(read_everyone.viewer_sub);
  newest constant uuid := 'ffffffff-ffff-ffff-ffff-ffffffffffff';
begin
  -- A signed-out viewer has a plan of their own, which leaves out all that depends on a viewer.
  if viewer is null then
    return query
    select page.activity, page.position
    from everyone_feed_page(null, newest, coalesce(read_everyone.before, newest), read_everyone.page_size) page;
  else
    return query
    select page.activity, page.position
    from everyone_feed_page(viewer, newest, coalesce(read_everyone.before, newest), read_everyone.page_size) page;
  end if;
end
$$;

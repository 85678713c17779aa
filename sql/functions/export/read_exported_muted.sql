-- Returns a page of the users that the viewer has muted, latest sign-up first; without users who have blocked the viewer since,
-- unless the viewer has blocked them too (visible_users). ends_at is null for a mute without end. Pages by position: before null,
-- from the start.
create or replace function read_exported_muted(viewer_sub text, before uuid, page_size integer)
returns table (handle text, ends_at timestamptz, "position" uuid)
language plpgsql stable security definer
set plan_cache_mode = force_generic_plan
set enable_memoize = off
as $$
declare
  viewer constant uuid := find_viewer(read_exported_muted.viewer_sub);
begin
  return query
  select page.handle, page.ends_at, page.uuid
  from (
    select member.handle, nullif(mutes.ends_at, 'infinity') as ends_at, member.uuid
    from mutes
    cross join lateral (
      select visible.handle, visible.uuid from visible_users(viewer) visible where visible.uuid = mutes.muted_uuid limit 1
    ) member
    where mutes.muter_uuid = viewer
      and mutes.ends_at > now()
      and mutes.muted_uuid < coalesce(read_exported_muted.before, 'ffffffff-ffff-ffff-ffff-ffffffffffff')
    order by mutes.muted_uuid desc
    limit 1000
  ) page
  order by page.uuid desc
  limit read_exported_muted.page_size;
end
$$;

-- Returns a page of visible activities that the viewer has liked, latest first. Pages by position: before null, from the latest.
create or replace function read_exported_likes(viewer_sub text, before uuid, page_size integer)
returns table (activity_uuid uuid, "by" text, activity_expires_at timestamptz, "position" uuid)
language plpgsql stable security definer
set plan_cache_mode = force_generic_plan
set enable_memoize = off
as $$
declare
  viewer constant uuid := find_viewer(read_exported_likes.viewer_sub);
begin
  return query
  select page.activity_uuid, author.handle, page.expires_at, page.uuid
  from (
    select reaction.uuid, reaction.activity_uuid, visible.user_uuid, visible.expires_at
    from likes reaction
    cross join lateral (
      select activity.user_uuid, activity.expires_at
      from visible_activities(viewer) activity
      where activity.uuid = reaction.activity_uuid
      limit 1
    ) visible
    where reaction.user_uuid = viewer
      and reaction.uuid < coalesce(read_exported_likes.before, 'ffffffff-ffff-ffff-ffff-ffffffffffff')
    order by reaction.uuid desc
    limit 1000
  ) page
  join users author on author.uuid = page.user_uuid
  order by page.uuid desc
  limit read_exported_likes.page_size;
end
$$;

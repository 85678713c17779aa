-- Returns a page of the viewer's sessions, also ended ones, latest sign-in first. Pages by position: before null, from the latest.
create or replace function read_exported_sessions(viewer_sub text, before uuid, page_size integer)
returns table (browser text, created_at timestamptz, last_seen_on text, ended_at timestamptz, "position" uuid)
language plpgsql stable security definer
set plan_cache_mode = force_generic_plan
set enable_memoize = off
as $$
declare
  viewer constant uuid := find_viewer(read_exported_sessions.viewer_sub);
begin
  return query
  select page.browser, page.created_at, page.last_seen_on::text, page.ended_at, page.uuid
  from (
    select session.browser, session.created_at, session.last_seen_on, session.ended_at, session.uuid
    from sessions session
    where session.user_uuid = viewer
      and session.uuid < coalesce(read_exported_sessions.before, 'ffffffff-ffff-ffff-ffff-ffffffffffff')
    order by session.uuid desc
    limit 1000
  ) page
  order by page.uuid desc
  limit read_exported_sessions.page_size;
end
$$;

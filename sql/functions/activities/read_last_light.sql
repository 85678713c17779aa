-- Returns a page of listed activities for everyone and the viewer's own, soonest expiry first. Omits those with less than
-- `min_seconds` left. `after_expires_at` and `after_uuid` are the last row of the previous page; null for the first page. Expiries
-- are text: ISO 8601 with microseconds.
create or replace function read_last_light(
  viewer_sub text, after_expires_at text, after_uuid uuid, min_seconds integer, page_size integer
)
returns table (activity json, "position" text)
language plpgsql stable security definer
set plan_cache_mode = force_generic_plan
set enable_memoize = off
as $$
declare
  viewer constant uuid := find_viewer(read_last_light.viewer_sub);
  earliest constant timestamptz := now() + make_interval(secs => read_last_light.min_seconds);
  is_after_cursor constant boolean := coalesce(read_last_light.after_expires_at::timestamptz >= earliest, false);
  after_expires_at constant timestamptz :=
    case when is_after_cursor then read_last_light.after_expires_at::timestamptz else earliest end;
  after_uuid constant uuid :=
    case when is_after_cursor then read_last_light.after_uuid else 'ffffffff-ffff-ffff-ffff-ffffffffffff' end;
begin
  -- A signed-out viewer has a plan of their own, which leaves out all that depends on a viewer.
  if viewer is null then
    return query
    select page.activity, to_char(page.expires_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
    from last_light_feed_page(null, after_expires_at, after_uuid, read_last_light.page_size) page;
  else
    return query
    select page.activity, to_char(page.expires_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
    from last_light_feed_page(viewer, after_expires_at, after_uuid, read_last_light.page_size) page;
  end if;
end
$$;

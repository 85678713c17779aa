-- Returns trending tags, those most used lately first, with the count of the last ranking (rank_tags). Omits tags without an
-- activity that is listed for the viewer now; expires_at is that of the newest such activity.
create or replace function read_trending_tags(viewer_sub text, page_size integer)
returns table (tag text, cruds_count integer, expires_at text)
language plpgsql stable security definer
set plan_cache_mode = force_generic_plan
set enable_memoize = off
as $$
declare
  viewer constant uuid := find_viewer(read_trending_tags.viewer_sub);
begin
  return query
  select ranked.tag, greatest(ranked.cruds_count, 1), iso(newest.expires_at)
  from (
    select trending.tag, trending.score, trending.cruds_count
    from trending_tags trending
    order by trending.score desc, trending.tag
  ) ranked
  cross join lateral (
    select listed.expires_at
    from activity_tags tagged
    cross join lateral (
      select activity.expires_at
      from listed_activities(viewer) activity
      where activity.uuid = tagged.activity_uuid
      limit 1
    ) listed
    where tagged.tag = ranked.tag
    order by tagged.activity_uuid desc
    limit 1
  ) newest
  order by ranked.score desc, ranked.tag
  limit read_trending_tags.page_size;
end
$$;

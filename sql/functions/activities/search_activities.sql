-- Returns a page of findable activities that match a term, newest first; case and accents are ignored. Quotes, or and - work as in a
-- web search, and a link finds activities that have it. Pages by the activity's uuid: before null, from the newest.
create or replace function search_activities(viewer_sub text, term text, before uuid, page_size integer)
returns table (activity json, "position" uuid)
language plpgsql stable security definer
set plan_cache_mode = force_generic_plan
set enable_memoize = off
set max_parallel_workers_per_gather = 0
as $$
declare
  viewer constant uuid := find_viewer(search_activities.viewer_sub);
  matches constant uuid[] := find_matching_activities(
    viewer,
    -- After a scheme, websearch_to_tsquery reads no host but a file's path, which is in no text.
    websearch_to_tsquery('simple', fold_text(regexp_replace(search_activities.term, '\mhttps?://', '', 'gi'))),
    coalesce(search_activities.before, 'ffffffff-ffff-ffff-ffff-ffffffffffff'),
    search_activities.page_size
  );
begin
  return query
  select card.activity, page.uuid
  from unnest(matches) as page (uuid)
  cross join lateral (
    select cards.activity from activity_cards(viewer) cards where cards.uuid = page.uuid limit 1
  ) card
  order by page.uuid desc;
end
$$;

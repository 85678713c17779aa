-- Every visible top-level activity, newest first. Pages by the position of a feed item: before null, from the newest.
create or replace function read_everyone(viewer_sub text, before uuid, page_size integer)
returns table (activity json, "position" uuid)
language plpgsql stable security definer
set plan_cache_mode = force_generic_plan
as $$
declare
  viewer constant uuid := find_viewer(read_everyone.viewer_sub);
begin
  return query
  select card.activity, page.uuid
  from (
    select item.uuid, item.activity_uuid
    from (
      select candidate.uuid, candidate.activity_uuid
      from feed_items candidate
      where candidate.kind = 'crud'
        and candidate.uuid < coalesce(read_everyone.before, 'ffffffff-ffff-ffff-ffff-ffffffffffff')
        and (select true from listed_activities(viewer) listed where listed.uuid = candidate.activity_uuid)
      order by candidate.uuid desc
      -- A constant: with a parameter a generic plan would expect a tenth of the table.
      limit 101
    ) item
    limit read_everyone.page_size
  ) page
  cross join lateral (
    select cards.activity from activity_cards(viewer) cards where cards.uuid = page.activity_uuid limit 1
  ) card
  order by page.uuid desc;
end
$$;

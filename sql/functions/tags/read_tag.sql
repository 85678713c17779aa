-- Returns a page of listed activities with a tag, newest first. Pages by the activity's uuid: before null, from the newest.
create or replace function read_tag(viewer_sub text, tag text, before uuid, page_size integer)
returns table (activity json, "position" uuid)
language plpgsql stable security definer
set plan_cache_mode = force_generic_plan
set enable_memoize = off
as $$
declare
  viewer constant uuid := find_viewer(read_tag.viewer_sub);
begin
  return query
  select card.activity, page.activity_uuid
  from (
    select newest.activity_uuid
    from (
      select tagged.activity_uuid
      from activity_tags tagged
      where tagged.tag = lower(read_tag.tag)
        and tagged.activity_uuid < coalesce(read_tag.before, 'ffffffff-ffff-ffff-ffff-ffffffffffff')
        and (select true from listed_activities(viewer) listed where listed.uuid = tagged.activity_uuid)
      order by tagged.activity_uuid desc
      -- A constant: with a parameter a generic plan would expect a tenth of the table.
      limit 101
    ) newest
    limit read_tag.page_size
  ) page
  cross join lateral (
    select cards.activity from activity_cards(viewer) cards where cards.uuid = page.activity_uuid limit 1
  ) card
  order by page.activity_uuid desc;
end
$$;

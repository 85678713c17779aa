-- A page of everybody's top-level activities, newest first: positions up to `highest` and below `below`.
create or replace function everyone_page(viewer uuid, highest uuid, below uuid, page_size integer)
returns table (activity json, "position" uuid)
language sql stable
as $$
  select card.activity, page.uuid
  from (
    select item.uuid, item.activity_uuid
    from (
      select candidate.uuid, candidate.activity_uuid
      from feed_items candidate
      where candidate.kind = 'activity'
        and candidate.uuid <= everyone_page.highest
        and candidate.uuid < everyone_page.below
        and (
          select true from listed_activities(everyone_page.viewer) listed where listed.uuid = candidate.activity_uuid
        )
      order by candidate.uuid desc
      -- A constant: with a parameter a generic plan would expect a tenth of the table.
      limit 101
    ) item
    limit everyone_page.page_size
  ) page
  cross join lateral (
    select cards.activity from activity_cards(everyone_page.viewer) cards where cards.uuid = page.activity_uuid limit 1
  ) card
  order by page.uuid desc
$$;

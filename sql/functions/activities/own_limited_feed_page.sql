-- Returns a page of the viewer's own top-level activities that are not for everyone, newest first: with positions up to `highest`
-- and below `below`.
create or replace function own_limited_feed_page(viewer uuid, highest uuid, below uuid, page_size integer)
returns table (activity json, "position" uuid)
language sql stable
as $$
  select card.activity, page.uuid
  from (
    select item.uuid, item.activity_uuid
    from (
      select candidate.uuid, candidate.activity_uuid
      from feed_items candidate
      where candidate.actor_uuid = own_limited_feed_page.viewer
        and candidate.kind = 'limited'
        and candidate.uuid <= own_limited_feed_page.highest
        and candidate.uuid < own_limited_feed_page.below
        and (
          select true from visible_activities(own_limited_feed_page.viewer) visible where visible.uuid = candidate.activity_uuid
        )
      order by candidate.uuid desc
      -- A constant: with a parameter a generic plan would expect a tenth of the table.
      limit 101
    ) item
    limit own_limited_feed_page.page_size
  ) page
  cross join lateral (
    select cards.activity from activity_cards(own_limited_feed_page.viewer) cards where cards.uuid = page.activity_uuid limit 1
  ) card
  order by page.uuid desc
$$;

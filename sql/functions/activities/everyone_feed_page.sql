-- Returns a page of listed top-level activities of all users, newest first: with positions up to `highest` and below `below`.
create or replace function everyone_feed_page(viewer uuid, highest uuid, below uuid, page_size integer)
returns table (activity json, "position" uuid)
language sql stable
as $$
  select page.activity, page.uuid
  from (
    select card.activity, item.uuid
    from feed_items item
    cross join lateral (
      select cards.activity from listed_cards(everyone_feed_page.viewer) cards where cards.uuid = item.activity_uuid limit 1
    ) card
    where item.kind = 'activity' and item.uuid <= everyone_feed_page.highest and item.uuid < everyone_feed_page.below
    order by item.uuid desc
    -- A constant: with a parameter a generic plan would expect a tenth of the table.
    limit 101
  ) page
  order by page.uuid desc
  limit everyone_feed_page.page_size
$$;

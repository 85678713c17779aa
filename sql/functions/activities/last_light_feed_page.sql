-- Returns a page of listed activities for everyone and the viewer's own, soonest expiry first, after a position: the expiry
-- `after_expires_at`, and among equal expiries `after_uuid`.
create or replace function last_light_feed_page(viewer uuid, after_expires_at timestamptz, after_uuid uuid, page_size integer)
returns table (activity json, expires_at timestamptz)
language sql stable
as $$
  select soonest.activity, soonest.expires_at
  from (
    select card.activity, candidate.expires_at, candidate.uuid
    from activities candidate
    cross join lateral (
      select cards.activity
      from listed_cards(last_light_feed_page.viewer) cards
      where cards.uuid = candidate.uuid and (cards.audience = 'everyone' or cards.user_uuid = last_light_feed_page.viewer)
      limit 1
    ) card
    where candidate.expires_at >= last_light_feed_page.after_expires_at
      and (candidate.expires_at > last_light_feed_page.after_expires_at or candidate.uuid > last_light_feed_page.after_uuid)
    order by candidate.expires_at, candidate.uuid
    -- A constant: with a parameter a generic plan would expect a tenth of the table.
    limit 101
  ) soonest
  order by soonest.expires_at, soonest.uuid
  limit last_light_feed_page.page_size
$$;

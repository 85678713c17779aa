-- Returns a page of the users who liked a visible activity, latest first; without hidden users, whom the card does not count
-- either. Pages by position: before null, from the latest.
create or replace function read_likers(viewer_sub text, activity_uuid uuid, before uuid, page_size integer)
returns table (uuid uuid, handle text, display_name text, avatar_url text, viewer json, "position" uuid)
language plpgsql stable security definer
set plan_cache_mode = force_generic_plan
set enable_memoize = off
as $$
declare
  viewer constant uuid := find_viewer(read_likers.viewer_sub);
begin
  return query
  select card.uuid, card.handle, card.display_name, card.avatar_url, card.viewer_follows, page.uuid
  from (
    select newest.uuid, newest.user_uuid
    from (
      select likes.uuid, likes.user_uuid
      from likes
      where likes.activity_uuid = (
          select visible.uuid
          from visible_activities(viewer) visible
          where visible.uuid = read_likers.activity_uuid
        )
        and likes.uuid < coalesce(read_likers.before, 'ffffffff-ffff-ffff-ffff-ffffffffffff')
        and likes.user_uuid <> all (array(select hidden.uuid from hidden_users(viewer) hidden))
      order by likes.uuid desc
      -- A constant: with a parameter a generic plan would expect a tenth of the table.
      limit 101
    ) newest
    limit read_likers.page_size
  ) page
  cross join lateral (
    select cards.uuid, cards.handle, cards.display_name, cards.avatar_url, cards.viewer_follows
    from user_cards(viewer) cards
    where cards.uuid = page.user_uuid
    limit 1
  ) card
  order by page.uuid desc;
end
$$;

-- Returns a page of the users who ask to follow the viewer, latest request first. Pages by position: before null, from the latest.
create or replace function read_follow_requests(viewer_sub text, before uuid, page_size integer)
returns table (uuid uuid, handle text, display_name text, avatar_url text, viewer json, "position" uuid)
language plpgsql stable security definer
set plan_cache_mode = force_generic_plan
set enable_memoize = off
as $$
declare
  viewer constant uuid := find_viewer(read_follow_requests.viewer_sub);
begin
  return query
  select card.uuid, card.handle, card.display_name, card.avatar_url, card.viewer_follows, page.uuid
  from (
    select newest.uuid, newest.follower_uuid
    from (
      select request.uuid, request.follower_uuid
      from follow_requests request
      where request.followed_uuid = viewer
        and request.uuid < coalesce(read_follow_requests.before, 'ffffffff-ffff-ffff-ffff-ffffffffffff')
        and request.follower_uuid <> all (array(select hidden.uuid from hidden_users(viewer) hidden))
      order by request.uuid desc
      -- A constant: with a parameter a generic plan would expect a tenth of the table.
      limit 101
    ) newest
    limit read_follow_requests.page_size
  ) page
  cross join lateral (
    select cards.uuid, cards.handle, cards.display_name, cards.avatar_url, cards.viewer_follows
    from user_cards(viewer) cards
    where cards.uuid = page.follower_uuid
    limit 1
  ) card
  order by page.uuid desc;
end
$$;

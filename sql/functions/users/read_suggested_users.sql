-- Returns users that the viewer may want to follow (suggested_users).
create or replace function read_suggested_users(viewer_sub text, page_size integer)
returns table (uuid uuid, handle text, display_name text, avatar_url text)
language plpgsql stable security definer
set plan_cache_mode = force_generic_plan
set enable_memoize = off
as $$
declare
  viewer constant uuid := find_viewer(read_suggested_users.viewer_sub);
  suggested constant uuid[] := suggested_users(viewer, read_suggested_users.page_size);
begin
  return query
  select card.uuid, card.handle, card.display_name, card.avatar_url
  from unnest(suggested) with ordinality ranked (uuid, rank)
  cross join lateral (
    select cards.uuid, cards.handle, cards.display_name, cards.avatar_url
    from user_cards(viewer) cards
    where cards.uuid = ranked.uuid
    limit 1
  ) card
  order by ranked.rank;
end
$$;

-- Returns a page of the users that the viewer has blocked, by handle. Pages by handle: after null, from the start.
create or replace function read_blocked_users(viewer_sub text, after text, page_size integer)
returns table (uuid uuid, handle text, display_name text, avatar_url text)
language plpgsql stable security definer
set plan_cache_mode = force_generic_plan
set enable_memoize = off
as $$
declare
  viewer constant uuid := find_viewer(read_blocked_users.viewer_sub);
begin
  return query
  select card.uuid, card.handle, card.display_name, card.avatar_url
  from blocks
  cross join lateral (
    select cards.uuid, cards.handle, cards.display_name, cards.avatar_url
    from user_cards(viewer) cards
    where cards.uuid = blocks.blocked_uuid
    limit 1
  ) card
  where blocks.blocker_uuid = viewer
    and blocks.blocked_uuid <> all (array(select deleted_accounts.user_uuid from deleted_accounts))
    and card.handle > coalesce(read_blocked_users.after, '')
  order by card.handle
  limit read_blocked_users.page_size;
end
$$;

-- Returns a page of the users in the viewer's circle, by handle. Pages by handle: after null, from the start.
create or replace function read_circle(viewer_sub text, after text, page_size integer)
returns table (uuid uuid, handle text, display_name text, avatar_url text)
language plpgsql stable security definer
set plan_cache_mode = force_generic_plan
set enable_memoize = off
as $$
declare
  viewer constant uuid := find_viewer(read_circle.viewer_sub);
begin
  return query
  select card.uuid, card.handle, card.display_name, card.avatar_url
  from circle_members
  cross join lateral (
    select cards.uuid, cards.handle, cards.display_name, cards.avatar_url
    from user_cards(viewer) cards
    where cards.uuid = circle_members.member_uuid
    limit 1
  ) card
  where circle_members.owner_uuid = viewer
    and circle_members.member_uuid <> all (array(select hidden.uuid from hidden_users(viewer) hidden))
    and card.handle > coalesce(read_circle.after, '')
  order by card.handle
  limit read_circle.page_size;
end
$$;

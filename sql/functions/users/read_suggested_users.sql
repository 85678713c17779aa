-- Returns users that the viewer may want to follow: first followees of followees, then authors of the newest activities. Reads only
-- 50 follows of each of the 20 followees who signed up last.
create or replace function read_suggested_users(viewer_sub text, page_size integer)
returns table (uuid uuid, handle text, display_name text, avatar_url text)
language plpgsql stable security definer
set plan_cache_mode = force_generic_plan
set enable_memoize = off
as $$
declare
  viewer constant uuid := find_viewer(read_suggested_users.viewer_sub);
  candidates uuid[] := array(
    select near.followed_uuid
    from (
      select follows.followed_uuid as uuid
      from follows
      where follows.follower_uuid = viewer
      order by follows.followed_uuid desc
      limit 20
    ) followee
    cross join lateral (
      select follows.followed_uuid from follows where follows.follower_uuid = followee.uuid limit 50
    ) near
    group by near.followed_uuid
    order by count(*) desc, near.followed_uuid desc
    limit 100
  );
  suggested uuid[] := array(
    select unknown.uuid
    from unknown_users(viewer, candidates) unknown
    order by unknown.place
    limit read_suggested_users.page_size
  );
begin
  if cardinality(suggested) < read_suggested_users.page_size then
    candidates := array(
      select active.actor_uuid
      from (
        select item.actor_uuid from feed_items item where item.kind = 'activity' order by item.uuid desc limit 200
      ) active
      where active.actor_uuid <> all (suggested)
      group by active.actor_uuid
      order by active.actor_uuid desc
    );
    suggested := suggested || array(
      select unknown.uuid
      from unknown_users(viewer, candidates) unknown
      order by unknown.place
      limit read_suggested_users.page_size - cardinality(suggested)
    );
  end if;

  return query
  select card.uuid, card.handle, card.display_name, card.avatar_url
  from unnest(suggested) with ordinality ranked (uuid, place)
  cross join lateral (
    select cards.uuid, cards.handle, cards.display_name, cards.avatar_url
    from user_cards(viewer) cards
    where cards.uuid = ranked.uuid
    limit 1
  ) card
  order by ranked.place;
end
$$;

-- Users to follow: first those whom the viewer's followees follow, then the authors of the newest activities. Reads 50 follows of
-- each of the 50 followees who joined last.
create or replace function read_suggested_users(viewer_sub text, page_size integer)
returns table (uuid uuid, handle text, display_name text, avatar_url text)
language plpgsql stable security definer
set plan_cache_mode = force_generic_plan
as $$
declare
  viewer constant uuid := find_viewer(read_suggested_users.viewer_sub);
begin
  return query
  select card.uuid, card.handle, card.display_name, card.avatar_url
  from (
    select candidate.uuid, max(candidate.links) as links
    from (
      (
        select near.followed_uuid as uuid, count(*) as links
        from (
          select follows.followed_uuid as uuid
          from follows
          where follows.follower_uuid = viewer
          order by follows.followed_uuid desc
          limit 50
        ) followee
        cross join lateral (
          select follows.followed_uuid from follows where follows.follower_uuid = followee.uuid limit 50
        ) near
        group by near.followed_uuid
        order by links desc
        limit 100
      )
      union all
      select active.actor_uuid, 0
      from (
        select item.actor_uuid from feed_items item where item.kind = 'activity' order by item.uuid desc limit 200
      ) active
    ) candidate
    group by candidate.uuid
    order by links desc, candidate.uuid desc
    limit 300
  ) ranked
  cross join lateral (
    select cards.uuid, cards.handle, cards.display_name, cards.avatar_url
    from user_cards(viewer) cards
    where cards.uuid = ranked.uuid
    limit 1
  ) card
  where ranked.uuid <> viewer
    and ranked.uuid <> all (array(select hidden.uuid from hidden_users(viewer) hidden))
    and ranked.uuid <> all (array(select muted.uuid from muted_users(viewer) muted))
    and (select false from follows where follows.follower_uuid = viewer and follows.followed_uuid = ranked.uuid) is null
  order by ranked.links desc, ranked.uuid desc
  limit read_suggested_users.page_size;
end
$$;

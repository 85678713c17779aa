-- Returns what home shows a new user (arrival in worker/contract/arrival.ts): users to follow, each with the newest activity for
-- everyone, until the viewer follows `enough`, and whether the viewer has posted. For a viewer who has arrived or has dismissed
-- this, returns no users and reads only the viewer's own row.
create or replace function read_arrival(viewer_sub text, enough integer)
returns table (people json, following_count integer, has_posted boolean)
language plpgsql stable security definer
set plan_cache_mode = force_generic_plan
set enable_memoize = off
as $$
declare
  newcomer users;
  suggested uuid[] := '{}';
begin
  select member.* into newcomer from users member where member.cognito_sub = read_arrival.viewer_sub;
  if newcomer.arrival_dismissed or (newcomer.following_count >= read_arrival.enough and newcomer.has_posted) then
    return query select '[]'::json, newcomer.following_count, true;
    return;
  end if;
  if newcomer.following_count < read_arrival.enough then
    suggested := suggested_users(newcomer.uuid, read_arrival.enough);
  end if;

  return query
  select coalesce(json_agg(row_to_json(shown) order by ranked.rank), '[]'), newcomer.following_count, newcomer.has_posted
  from unnest(suggested) with ordinality ranked (uuid, rank)
  cross join lateral (
    select card.uuid, card.handle, card.display_name, card.avatar_url, card.viewer_follows as viewer, person.bio, (
      select newest.activity
      from feed_items item
      cross join lateral (
        select cards.activity
        from listed_cards(newcomer.uuid) cards
        where cards.uuid = item.activity_uuid
        limit 1
      ) newest
      -- Others are of kind `limited` (add_feed_item), or reposts.
      where item.actor_uuid = ranked.uuid and item.kind = 'activity'
      order by item.uuid desc
      limit 1
    ) as latest
    from user_cards(newcomer.uuid) card
    join users person on person.uuid = card.uuid
    where card.uuid = ranked.uuid
    limit 1
  ) shown;
end
$$;

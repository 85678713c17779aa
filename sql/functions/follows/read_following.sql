-- Returns a page of the users that a user follows, latest sign-up first. Pages by their uuid: before null, from the start. No rows
-- if the handle is unknown, or the user is hidden from the viewer.
create or replace function read_following(viewer_sub text, owner_handle text, before uuid, page_size integer)
returns table (uuid uuid, handle text, display_name text, avatar_url text, viewer json)
language plpgsql stable security definer
set plan_cache_mode = force_generic_plan
set enable_memoize = off
as $$
declare
  viewer constant uuid := find_viewer(read_following.viewer_sub);
  owner constant uuid := find_user_unless_hidden(viewer, read_following.owner_handle);
begin
  return query
  select card.uuid, card.handle, card.display_name, card.avatar_url, card.viewer_follows
  from (
    select newest.uuid
    from (
      select follows.followed_uuid as uuid
      from follows
      where follows.follower_uuid = owner
        and follows.followed_uuid < coalesce(read_following.before, 'ffffffff-ffff-ffff-ffff-ffffffffffff')
        and follows.followed_uuid <> all (array(select hidden.uuid from hidden_users(viewer) hidden))
      order by follows.followed_uuid desc
      -- A constant: with a parameter a generic plan would expect a tenth of the table.
      limit 101
    ) newest
    limit read_following.page_size
  ) page
  cross join lateral (
    select cards.uuid, cards.handle, cards.display_name, cards.avatar_url, cards.viewer_follows
    from user_cards(viewer) cards
    where cards.uuid = page.uuid
    limit 1
  ) card
  order by page.uuid desc;
end
$$;

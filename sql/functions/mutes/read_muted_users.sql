-- Returns a page of the users that the viewer has muted, by handle. ends_at is null for a mute without end. Pages by handle: after
-- null, from the start. Without users who have blocked the viewer since, whose profile is hidden too.
create or replace function read_muted_users(viewer_sub text, after text, page_size integer)
returns table (uuid uuid, handle text, display_name text, avatar_url text, ends_at timestamptz)
language plpgsql stable security definer
set plan_cache_mode = force_generic_plan
set enable_memoize = off
as $$
declare
  viewer constant uuid := find_viewer(read_muted_users.viewer_sub);
begin
  return query
  select card.uuid, card.handle, card.display_name, card.avatar_url, nullif(mutes.ends_at, 'infinity')
  from mutes
  cross join lateral (
    select cards.uuid, cards.handle, cards.display_name, cards.avatar_url
    from user_cards(viewer) cards
    where cards.uuid = mutes.muted_uuid
    limit 1
  ) card
  where mutes.muter_uuid = viewer
    and mutes.ends_at > now()
    and (select true from visible_users(viewer) visible where visible.uuid = mutes.muted_uuid)
    and card.handle > coalesce(read_muted_users.after, '')
  order by card.handle
  limit read_muted_users.page_size;
end
$$;

-- Returns the users with these handles who would not see a new activity of the viewer for an audience, ordered by handle. For
-- `mentioned` there are none: everybody it mentions sees it. Omits the viewer, users hidden from the viewer, and unknown handles.
create or replace function read_users_outside_audience(viewer_sub text, audience text, handles text[])
returns table (uuid uuid, handle text, display_name text, avatar_url text)
language plpgsql stable security definer
set plan_cache_mode = force_generic_plan
set enable_memoize = off
as $$
declare
  viewer constant uuid := find_viewer(read_users_outside_audience.viewer_sub);
  hidden constant uuid[] := array(select hidden_user.uuid from hidden_users(viewer) hidden_user);
begin
  return query
  select card.uuid, card.handle, card.display_name, card.avatar_url
  from users person
  cross join lateral (
    select cards.uuid, cards.handle, cards.display_name, cards.avatar_url
    from user_cards(viewer) cards
    where cards.uuid = person.uuid
    limit 1
  ) card
  where person.handle = any (read_users_outside_audience.handles)
    and person.uuid <> all (hidden)
    and read_users_outside_audience.audience <> 'mentioned'
    and not is_in_audience(person.uuid, read_users_outside_audience.audience, null, viewer)
  order by card.handle;
end
$$;

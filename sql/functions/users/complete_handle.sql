-- Returns users for the completion of a mention: first those whose handle begins with a prefix (followed users first, then by
-- handle), then those whose name does. Ignores case and accents.
create or replace function complete_handle(viewer_sub text, prefix text, page_size integer)
returns table (uuid uuid, handle text, display_name text, avatar_url text)
language plpgsql stable security definer
set plan_cache_mode = force_generic_plan
set enable_memoize = off
as $$
declare
  viewer constant uuid := find_viewer(complete_handle.viewer_sub);
  hidden constant uuid[] := array(select hidden_user.uuid from hidden_users(viewer) hidden_user);
  -- A range, since a kept plan cannot search an index with `like`. Nothing sorts after the last code point.
  range_start constant text := fold_text(complete_handle.prefix);
  range_end constant text := range_start || chr(1114111);
  most_probed constant integer := 300;
  most_read constant integer := 5000;
  probes boolean := true;
  followed uuid[] := '{}';
  others uuid[] := '{}';
  named uuid[] := '{}';
begin
  -- If the viewer follows many users, read the first matching handles instead: probing each followee takes longer.
  if (
    select count(*) > most_probed
    from (select from follows where follows.follower_uuid = viewer limit most_probed + 1) follow
  ) then
    followed := array(
      select early.uuid
      from (
        select person.uuid, person.handle
        from users person
        where person.handle ~>=~ range_start and person.handle ~<~ range_end
        order by person.handle using ~<~
        limit 5000
      ) early
      where (early.uuid in (select follows.followed_uuid from follows where follows.follower_uuid = viewer)) is true
        and early.uuid <> all (hidden)
      order by early.handle using ~<~
      limit complete_handle.page_size
    );
    -- Probe after all if that found too few and there are more handles than were read.
    probes := cardinality(followed) < complete_handle.page_size and (
      select count(*) = most_read
      from (
        select from users person where person.handle ~>=~ range_start and person.handle ~<~ range_end limit 5000
      ) early
    );
  end if;

  if probes then
    followed := array(
      select person.uuid
      from follows
      cross join lateral (
        select users.uuid, users.handle from users where users.uuid = follows.followed_uuid limit 1
      ) person
      where follows.follower_uuid = viewer
        and person.handle ~>=~ range_start and person.handle ~<~ range_end
        and person.uuid <> all (hidden)
      order by person.handle using ~<~
      limit complete_handle.page_size
    );
  end if;

  if cardinality(followed) < complete_handle.page_size then
    others := array(
      select person.uuid
      from users person
      where person.handle ~>=~ range_start and person.handle ~<~ range_end
        and person.uuid <> viewer
        and person.uuid <> all (hidden)
        and (person.uuid in (select follows.followed_uuid from follows where follows.follower_uuid = viewer)) is not true
      order by person.handle using ~<~
      limit 101
    );
  end if;

  if cardinality(followed) + cardinality(others) < complete_handle.page_size then
    named := array(
      select person.uuid
      from users person
      where fold_text(person.display_name) ~>=~ range_start and fold_text(person.display_name) ~<~ range_end
        and person.uuid <> viewer
        and person.uuid <> all (hidden)
        and person.uuid <> all (followed || others)
      order by fold_text(person.display_name) using ~<~
      limit 101
    );
  end if;

  return query
  select card.uuid, card.handle, card.display_name, card.avatar_url
  from unnest(followed || others || named) with ordinality as found (uuid, position)
  cross join lateral (
    select cards.uuid, cards.handle, cards.display_name, cards.avatar_url
    from user_cards(viewer) cards
    where cards.uuid = found.uuid
    limit 1
  ) card
  order by found.position
  limit complete_handle.page_size;
end
$$;

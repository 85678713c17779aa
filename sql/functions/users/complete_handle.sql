-- Returns users for the completion of a mention: first followed users whose handle begins with a prefix, then others whose handle
-- does, then users whose display name does. Ignores case and accents.
create or replace function complete_handle(viewer_sub text, prefix text, page_size integer)
returns table (uuid uuid, handle text, display_name text, avatar_url text)
language plpgsql stable security definer
set plan_cache_mode = force_generic_plan
set enable_memoize = off
as $$
declare
  viewer constant uuid := find_viewer(complete_handle.viewer_sub);
  hidden constant uuid[] := array(select hidden_user.uuid from hidden_users(viewer) hidden_user);
  -- A range, since a generic plan cannot search an index with `like`. Nothing sorts after the last code point.
  range_start constant text := fold_text(complete_handle.prefix);
  range_end constant text := range_start || chr(1114111);
  max_probed constant integer := 300;
  max_scanned constant integer := 5000;
  must_probe boolean := true;
  followed uuid[] := '{}';
  not_followed uuid[] := '{}';
  by_name uuid[] := '{}';
begin
  -- The limits below are literals, since a generic plan takes a parameter for a tenth of the table: 5000 is max_scanned, 101 the
  -- largest page_size. `is true` and `is not true` keep Postgres from turning `in` into a join: it hashes the follows once.

  -- A viewer who follows many users: scan the first matching handles, which takes less time than to probe each followee.
  if (
    select count(*) > max_probed
    from (select from follows where follows.follower_uuid = viewer limit max_probed + 1) follow
  ) then
    followed := array(
      select scanned.uuid
      from (
        select person.uuid, person.handle
        from users person
        where person.handle ~>=~ range_start and person.handle ~<~ range_end
        order by person.handle using ~<~
        limit 5000
      ) scanned
      where (scanned.uuid in (select follows.followed_uuid from follows where follows.follower_uuid = viewer)) is true
        and scanned.uuid <> all (hidden)
      order by scanned.handle using ~<~
      limit complete_handle.page_size
    );
    -- Probe after all if that found too few, unless fewer than 5,000 handles match: then the scan has read all of them.
    must_probe := cardinality(followed) < complete_handle.page_size and (
      select count(*) = max_scanned
      from (
        select from users person where person.handle ~>=~ range_start and person.handle ~<~ range_end limit 5000
      ) scanned
    );
  end if;

  if must_probe then
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
    not_followed := array(
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

  if cardinality(followed) + cardinality(not_followed) < complete_handle.page_size then
    by_name := array(
      select person.uuid
      from users person
      where fold_text(person.display_name) ~>=~ range_start and fold_text(person.display_name) ~<~ range_end
        and person.uuid <> viewer
        and person.uuid <> all (hidden)
        and person.uuid <> all (followed || not_followed)
      order by fold_text(person.display_name) using ~<~
      limit 101
    );
  end if;

  return query
  select card.uuid, card.handle, card.display_name, card.avatar_url
  from unnest(followed || not_followed || by_name) with ordinality as found (uuid, position)
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

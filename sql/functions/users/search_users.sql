-- Returns users whose handle or name contains a term, most similar first; ignores case and accents. A term without three letters
-- in a row must be at the beginning of the handle or name. If very many users match, ranks only some of them, which include those
-- whose handle begins with the term.
create or replace function search_users(viewer_sub text, term text, page_size integer)
returns table (uuid uuid, handle text, display_name text, avatar_url text, viewer json)
language plpgsql stable security definer
set plan_cache_mode = force_generic_plan
set enable_memoize = off
-- The planner may take a rare term for a common one and then scan all users.
set enable_seqscan = off
as $$
declare
  viewer constant uuid := find_viewer(search_users.viewer_sub);
  folded_term constant text := fold_text(search_users.term);
  contains constant text :=
    '%' || replace(replace(replace(folded_term, '\', '\\'), '%', '\%'), '_', '\_') || '%';
  -- A range, since a generic plan cannot search an index with `like`. Nothing sorts after the last code point.
  range_end constant text := folded_term || chr(1114111);
  has_three_letters constant boolean := folded_term ~ '[[:alnum:]]{3}';
  max_found constant integer := 60;
  by_handle uuid[];
  by_name uuid[] := '{}';
begin
  -- The limits below are literals, since a generic plan takes a parameter for a tenth of the table: 60 is max_found.
  by_handle := array(
    select person.uuid
    from users person
    where person.handle ~>=~ folded_term and person.handle ~<~ range_end
    order by person.handle using ~<~
    limit 60
  );

  if has_three_letters then
    -- Common names are found among the newest users; for others use the index on names.
    by_name := array(
      select newest.uuid
      from (
        select person.uuid, fold_text(person.handle || ' ' || person.display_name) as name
        from users person
        order by person.uuid desc
        limit 600
      ) newest
      where newest.name like contains
      limit 60
    );
    if cardinality(by_name) < max_found then
      by_name := array(
        select person.uuid
        from users person
        where fold_text(person.handle || ' ' || person.display_name) like contains
        limit 60
      );
    end if;
  else
    by_name := array(
      select person.uuid
      from users person
      where fold_text(person.display_name) ~>=~ folded_term and fold_text(person.display_name) ~<~ range_end
      order by fold_text(person.display_name) using ~<~
      limit 60
    );
  end if;

  return query
  select card.uuid, card.handle, card.display_name, card.avatar_url, card.viewer_follows
  from (select distinct match.uuid from unnest(by_handle || by_name) as match (uuid)) candidate
  cross join lateral (
    select cards.uuid, cards.handle, cards.display_name, cards.avatar_url, cards.viewer_follows
    from user_cards(viewer) cards
    where cards.uuid = candidate.uuid
    limit 1
  ) card
  where candidate.uuid <> all (array(select hidden.uuid from hidden_users(viewer) hidden))
  order by
    card.handle = folded_term desc,
    similarity(fold_text(card.handle || ' ' || card.display_name), folded_term) desc,
    card.handle
  limit search_users.page_size;
end
$$;

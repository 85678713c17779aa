-- Returns the newest findable activities before a uuid that match a query, at most `max_count`. First matches the newest 1,500
-- activities one by one, which suffices for common words. Then queries the index for each half day, newest first, or for each two
-- hours of a half day with many matches.
create or replace function find_matching_activities(viewer uuid, search_query tsquery, before uuid, max_count integer)
returns uuid[]
language plpgsql stable
as $$
declare
  many_matches constant integer := 300;
  newest_count constant integer := 1500;
  oldest_half_day constant integer := two_hours_of(uuidv7(interval '-30 days')) / 6;
  last_read uuid := before;
  read_count integer := 0;
  matches uuid[] := '{}';
  match_count integer;
  slice text;
  candidate record;
begin
  if numnode(search_query) = 0 then
    return matches;
  end if;

  for candidate in
    select
      recent.uuid,
      recent.is_match
        and (select true from findable_activities(find_matching_activities.viewer) findable where findable.uuid = recent.uuid)
        as is_findable
    from (
      select activity.uuid, coalesce(activity.folded_search, activity.search) @@ search_query as is_match
      from activities activity
      where activity.uuid < find_matching_activities.before
      order by activity.uuid desc
      limit newest_count
    ) recent
    order by recent.uuid desc
  loop
    read_count := read_count + 1;
    last_read := candidate.uuid;
    if candidate.is_findable then
      matches := matches || candidate.uuid;
      if cardinality(matches) = max_count then
        return matches;
      end if;
    end if;
  end loop;
  if read_count < newest_count then
    return matches;
  end if;

  for half_day in reverse two_hours_of(last_read) / 6 .. oldest_half_day loop
    select count(*) into match_count
    from (
      select from activities activity
      where sliced_words(activity.uuid, coalesce(activity.folded_search, activity.search))
        @@ time_slice_query(search_query, 'd' || half_day)
      limit many_matches
    ) hit;
    continue when match_count = 0;

    foreach slice in array
      case when match_count < many_matches then array['d' || half_day]
      else array(select 'h' || two_hours from generate_series(half_day * 6 + 5, half_day * 6, -1) two_hours) end
    loop
      matches := matches || array(
        with hits as materialized (
          select activity.uuid
          from activities activity
          where sliced_words(activity.uuid, coalesce(activity.folded_search, activity.search))
              @@ time_slice_query(search_query, slice)
            and coalesce(activity.folded_search, activity.search) @@ search_query
        )
        select hits.uuid
        from hits
        where hits.uuid < last_read
          and (select true from findable_activities(find_matching_activities.viewer) findable where findable.uuid = hits.uuid)
        order by hits.uuid desc
        limit max_count - cardinality(matches)
      );
      if cardinality(matches) = max_count then
        return matches;
      end if;
    end loop;
  end loop;
  return matches;
end
$$;

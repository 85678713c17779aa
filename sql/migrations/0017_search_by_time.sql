-- Words in the order of time. An index of words knows which cruds say one, and nothing of which are the newest: a page of what
-- a hundred thousand say, or old ones only, would sort or pass them all. So each word is kept with the two hours and with
-- the half day in which it was said, and a search asks slice by slice, the latest first. See decision 23.

-- The two hours, counted from 1970, in which a uuid of version 7 was made; six of them are a half day.
create function two_hours_of(at uuid) returns integer
language sql immutable parallel safe
return floor(extract(epoch from uuid_extract_timestamp(at) at time zone 'utc') / 7200);

-- The words of a crud, each in both of its slices, and both slices by themselves. Dear to the planner: it is to ask the index
-- and not row by row.
create function sliced_words(at uuid, search tsvector) returns tsvector
language sql immutable parallel safe cost 10000
return array_to_tsvector(array(
  select slice.name || word.word
  from (values ('h' || two_hours_of(at)), ('d' || two_hours_of(at) / 6)) slice (name)
  cross join (
    select ':' || left(lexeme, 100) as word from unnest(tsvector_to_array(search)) lexeme
    union all
    select ''
  ) word
));

-- What is looked for, in one slice: the words that a hit must have, wherever they stand in it and whatever it must not have.
create function sliced_query(asked tsquery, slice text) returns tsquery
language sql immutable parallel safe
return case
  when querytree(asked) = 'T' then slice
  else regexp_replace(
    regexp_replace(querytree(asked), '<(-|\d+)>', '&', 'g'),
    '''((?:[^'']|'''')*)''', '''' || slice || ':\1''', 'g'
  )
end::tsquery;

-- Without a pending list, which every question would have to read; and without statistics, which nothing asks for.
create index activities__by_sliced_word on activities using gin (sliced_words(uuid, search)) with (fastupdate = off);
alter index activities__by_sliced_word alter column 1 set statistics 0;
drop index activities__by_word;

-- The newest `most` cruds before a place that say what is asked for, as the viewer sees lists. First the newest few hundred
-- are read themselves, among which is what many say. Then half days are asked, and of one that has very much, each two hours.
create function search_activities(viewer uuid, asked tsquery, before uuid, most integer) returns table (uuid uuid)
language plpgsql stable parallel safe rows 20
as $$
#variable_conflict use_column
declare
  newest constant integer := 500;
  many constant integer := 300;
  oldest constant integer := two_hours_of(uuidv7(interval '-30 days')) / 6;
  place uuid := before;
  walked integer := 0;
  wanted integer := most;
  said integer;
  slice text;
  crud record;
begin
  if numnode(asked) = 0 then return; end if;

  for crud in
    select new.uuid, new.says and (select true from listed_activities(viewer) live where live.uuid = new.uuid) as shows
    from (
      select activities.uuid, activities.search @@ asked as says
      from activities
      where place is null or activities.uuid < place
      order by activities.uuid desc
      limit newest
    ) new
  loop
    walked := walked + 1;
    place := crud.uuid;
    continue when crud.shows is not true;
    uuid := crud.uuid;
    return next;
    wanted := wanted - 1;
    if wanted = 0 then return; end if;
  end loop;
  if walked < newest then return; end if;

  for half_day in reverse two_hours_of(place) / 6 .. oldest loop
    select count(*) into said
    from (
      select
      from activities
      where sliced_words(activities.uuid, activities.search) @@ sliced_query(asked, 'd' || half_day)
      limit many
    ) hit;
    continue when said = 0;
    foreach slice in array
      case when said < many then array['d' || half_day]
      else array(select 'h' || two_hours from generate_series(half_day * 6 + 5, half_day * 6, -1) two_hours) end
    loop
      for crud in
        with hits as materialized (
          select activities.uuid
          from activities
          where sliced_words(activities.uuid, activities.search) @@ sliced_query(asked, slice)
            and activities.search @@ asked
        )
        select hits.uuid
        from hits
        where hits.uuid < place
          and (select true from listed_activities(viewer) live where live.uuid = hits.uuid)
        order by hits.uuid desc
        limit wanted
      loop
        uuid := crud.uuid;
        return next;
        wanted := wanted - 1;
      end loop;
      if wanted = 0 then return; end if;
    end loop;
  end loop;
end
$$;

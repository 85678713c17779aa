-- What reads cost with few and with many rows: see decision 30.

-- Whom many follow and like has ten thousand unread: these are to be walked newest first, not read and sorted for the hundred
-- that are counted. The columns below pass for having so many rows a value, as those of 0015 do.
alter table notifications alter column recipient_uuid set (n_distinct = -0.0001);
-- Who talks with a thousand people.
alter table message_group_members alter column user_uuid set (n_distinct = -0.001);
-- A hundred messages a conversation, and not a thousand as 0015 had it: where there are few in all, a plan for a thousand looked
-- through all for those of one.
alter table messages alter column message_group_uuid set (n_distinct = -0.01);

-- As before, but planned once a call and not for each slice anew, which took longer than asking; and three times as many are
-- read before an index is asked, among which is what one in seventy says.
-- The newest `most` cruds before a place that say what is asked for, as the viewer sees lists. First the newest of all
-- are read themselves, among which is what many say. Then half days are asked, and of one that has very much, each two hours.
create or replace function search_activities(viewer uuid, asked tsquery, before uuid, most integer) returns table (uuid uuid)
language plpgsql stable parallel safe rows 20
set plan_cache_mode = force_generic_plan
set max_parallel_workers_per_gather = 0
as $$
#variable_conflict use_column
declare
  newest constant integer := 1500;
  many constant integer := 300;
  oldest constant integer := two_hours_of(uuidv7(interval '-30 days')) / 6;
  place uuid := coalesce(before, 'ffffffff-ffff-ffff-ffff-ffffffffffff');
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
      where activities.uuid < place
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

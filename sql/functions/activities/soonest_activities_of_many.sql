-- The same rows as soonest_activities, for many users: reads the 5,000 activities of all that expire soonest after an instant and
-- keeps theirs. Fewer than `most` rows: there may be more than were read.
create or replace function soonest_activities_of_many(
  authors uuid[], after_expires_at timestamptz, after_uuid uuid, most integer
)
returns table (uuid uuid, expires_at timestamptz)
language sql stable
as $$
  select soonest.uuid, soonest.expires_at
  from (
    select activity.uuid, activity.expires_at, activity.user_uuid
    from activities activity
    where activity.expires_at >= soonest_activities_of_many.after_expires_at
      and (
        activity.expires_at > soonest_activities_of_many.after_expires_at
        or activity.uuid > soonest_activities_of_many.after_uuid
      )
    order by activity.expires_at, activity.uuid
    limit 5000
  ) soonest
  -- `is true` keeps Postgres from making a join of this: the array is hashed once.
  where (soonest.user_uuid in (select author.uuid from unnest(soonest_activities_of_many.authors) author (uuid))) is true
  order by soonest.expires_at, soonest.uuid
  limit soonest_activities_of_many.most
$$;

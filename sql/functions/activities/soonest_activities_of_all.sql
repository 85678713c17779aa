-- The same rows as soonest_activities, where they are near: reads for each user ten of those activities of everybody that expire
-- soonest after an instant, at most 5,000, and keeps theirs. Fewer than `most` rows: there may be more than were read.
create or replace function soonest_activities_of_all(
  authors uuid[], after_expires_at timestamptz, after_uuid uuid, most integer
)
returns table (uuid uuid)
language sql stable
as $$
  select activity.uuid
  from (
    select soonest.uuid, soonest.expires_at, soonest.user_uuid
    from (
      select candidate.uuid, candidate.expires_at, candidate.user_uuid
      from activities candidate
      where candidate.expires_at >= soonest_activities_of_all.after_expires_at
        and (
          candidate.expires_at > soonest_activities_of_all.after_expires_at
          or candidate.uuid > soonest_activities_of_all.after_uuid
        )
      order by candidate.expires_at, candidate.uuid
      limit 5000
    ) soonest
    order by soonest.expires_at, soonest.uuid
    limit 10 * cardinality(soonest_activities_of_all.authors)
  ) activity
  -- `is true` keeps Postgres from making a join of this: the array is hashed once.
  where (activity.user_uuid in (select author.uuid from unnest(soonest_activities_of_all.authors) author (uuid))) is true
  order by activity.expires_at, activity.uuid
  limit soonest_activities_of_all.most
$$;

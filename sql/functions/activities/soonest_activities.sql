-- The activities of some users that expire soonest after an instant (and, at that instant, after a uuid), at most 1,000. As in
-- newest_items: first the soonest of each user, then those of the users who can be among them at all.
create or replace function soonest_activities(authors uuid[], after_expires_at timestamptz, after_uuid uuid, most integer)
returns table (uuid uuid)
language sql stable
as $$
  with soonest as materialized (
    select author.uuid as user_uuid, first.expires_at
    from unnest(soonest_activities.authors) author (uuid)
    cross join lateral (
      select activity.expires_at
      from activities activity
      where activity.user_uuid = author.uuid
        and activity.expires_at >= soonest_activities.after_expires_at
        and (activity.expires_at > soonest_activities.after_expires_at or activity.uuid > soonest_activities.after_uuid)
      order by activity.expires_at, activity.uuid
      limit 1
    ) first
    order by first.expires_at
    limit soonest_activities.most
  )
  select candidate.uuid
  from soonest
  cross join lateral (
    select activity.uuid, activity.expires_at
    from activities activity
    where activity.user_uuid = soonest.user_uuid
      and activity.expires_at >= soonest_activities.after_expires_at
      and (activity.expires_at > soonest_activities.after_expires_at or activity.uuid > soonest_activities.after_uuid)
      and activity.expires_at <= coalesce(
        (select latest.expires_at from soonest latest order by latest.expires_at offset soonest_activities.most - 1 limit 1),
        'infinity'
      )
    order by activity.expires_at, activity.uuid
    limit 1000
  ) candidate
  order by candidate.expires_at, candidate.uuid
  limit soonest_activities.most
$$;

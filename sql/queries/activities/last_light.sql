-- Live cruds by soonest end: first those of people whom the viewer follows (tier 0), then everyone's (tier 1).
-- $1 viewer_sub text (null: signed out), $2 viewer_auth_time bigint,
-- $3 tier integer, $4 after_end text (ISO 8601), $5 after uuid (null: from the soonest),
-- $6 min_left integer (seconds that must be left), $7 limit integer
-- Gathered as in home.sql, but nothing of it can turn out dead. The pair of end and uuid is compared column by column:
-- compared as a row, an index walks to it from now.
with viewer as materialized (
  select viewer_uuid($1::text, $2::bigint) as uuid
),
followed as materialized (
  select follows.followed_uuid as uuid
  from viewer
  join follows on follows.follower_uuid = viewer.uuid
),
circle as materialized (
  select followed.uuid from followed
  except
  select mutes.muted_uuid
  from viewer
  join mutes on mutes.muter_uuid = viewer.uuid and mutes.ends_at > now()
),
-- Of many people, those among the soonest of all.
early as materialized (
  select soonest.uuid, soonest.expires_at
  from (
    select activity.uuid, activity.expires_at, activity.user_uuid
    from live_activities(null) activity
    where activity.expires_at > now() + make_interval(secs => $6::integer)
      and (
        $5::uuid is null
        or (
          activity.expires_at >= $4::text::timestamptz
          and (activity.expires_at > $4::text::timestamptz or activity.uuid > $5::uuid)
        )
      )
    order by activity.expires_at, activity.uuid
    limit 5000
  ) soonest
  where coalesce($3::integer, 0) = 0
    and (select count(*) from circle) > 300
    and (soonest.user_uuid in (select circle.uuid from circle)) is true
  order by soonest.expires_at, soonest.uuid
  limit $7::integer
),
near as materialized (
  select early.uuid, early.expires_at
  from early
  where (select count(*) from early) = $7::integer
  union all
  -- Of a few people, or of many who say little, the soonest of each.
  (
    select soonest.uuid, soonest.expires_at
    from circle
    cross join lateral (
      select activity.uuid, activity.expires_at
      from live_activities(null) activity
      where activity.user_uuid = circle.uuid
        and activity.expires_at > now() + make_interval(secs => $6::integer)
        and (
          $5::uuid is null
          or (
            activity.expires_at >= $4::text::timestamptz
            and (activity.expires_at > $4::text::timestamptz or activity.uuid > $5::uuid)
          )
        )
      order by activity.expires_at, activity.uuid
      limit $7::integer
    ) soonest
    where coalesce($3::integer, 0) = 0
      and (select count(*) from early) < $7::integer
    order by soonest.expires_at, soonest.uuid
    limit $7::integer
  )
),
page as materialized (
  select 0 as tier, near.uuid, near.expires_at from near
  union all
  select 1, far.uuid, far.expires_at
  from viewer
  cross join lateral (
    select activity.uuid, activity.expires_at
    from listed_activities(viewer.uuid) activity
    where (activity.user_uuid in (select followed.uuid from followed)) is not true
      and activity.expires_at > now() + make_interval(secs => $6::integer)
      and (
        coalesce($3::integer, 0) = 0
        or (
          activity.expires_at >= $4::text::timestamptz
          and (activity.expires_at > $4::text::timestamptz or activity.uuid > $5::uuid)
        )
      )
    order by activity.expires_at, activity.uuid
    limit $7::integer
  ) far
  where (select count(*) from near) < $7::integer
)
select
  card.uuid,
  card.message,
  card.created_at,
  card.expires_at,
  card.reply_to_activity_uuid,
  card.reply_to_handle,
  card.likes_count,
  card.reposts_count,
  card.replies_count,
  card."user",
  card.viewer,
  page.tier,
  to_char(page.expires_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as end_place
from viewer
cross join page
join activity_cards(viewer.uuid) card on card.uuid = page.uuid
order by page.tier, page.expires_at, page.uuid
limit $7::integer

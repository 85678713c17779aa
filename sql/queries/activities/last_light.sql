-- Live cruds by soonest end: first those of people whom the viewer follows (tier 0), then everyone's (tier 1).
-- $1 viewer_sub text (null: signed out), $2 viewer_auth_time bigint,
-- $3 tier integer, $4 after_end text (ISO 8601), $5 after uuid (null: from the soonest),
-- $6 min_left integer (seconds that must be left), $7 limit integer
with viewer as materialized (
  select viewer_uuid($1::text, $2::bigint) as uuid
),
circle as materialized (
  select follows.followed_uuid as uuid
  from viewer
  join follows on follows.follower_uuid = viewer.uuid
),
page as materialized (
  (
    select 0 as tier, activity.uuid, activity.expires_at
    from viewer
    cross join circle
    join listed_activities(viewer.uuid) activity on activity.user_uuid = circle.uuid
    where coalesce($3::integer, 0) = 0
      and activity.expires_at > now() + make_interval(secs => $6::integer)
      and ($5::uuid is null or (activity.expires_at, activity.uuid) > ($4::text::timestamptz, $5::uuid))
    order by activity.expires_at, activity.uuid
    limit $7::integer
  )
  union all
  (
    select 1, activity.uuid, activity.expires_at
    from viewer
    cross join listed_activities(viewer.uuid) activity
    where not exists (select from circle where circle.uuid = activity.user_uuid)
      and activity.expires_at > now() + make_interval(secs => $6::integer)
      and (
        coalesce($3::integer, 0) = 0
        or (activity.expires_at, activity.uuid) > ($4::text::timestamptz, $5::uuid)
      )
    order by activity.expires_at, activity.uuid
    limit $7::integer
  )
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

-- Where copies of pages may show a live crud, whoever reads them: its own page, those of what it hangs on and of what hangs
-- on it (at most 20 steps up and 20 cruds down, the nearest first). goes = true: that ends with it; tags are of those.
-- $1 viewer_sub text, $2 viewer_auth_time bigint, $3 activity_uuid uuid
with recursive viewer as materialized (
  select viewer_uuid($1::text, $2::bigint) as uuid
),
up as (
  select activity.uuid, activity.user_uuid, activity.reply_to_activity_uuid, 0 as height
  from viewer, live_activities(viewer.uuid) activity
  where activity.uuid = $3::uuid
  union all
  select parent.uuid, parent.user_uuid, parent.reply_to_activity_uuid, up.height + 1
  from up
  join activities parent on parent.uuid = up.reply_to_activity_uuid
  where up.height < 20
),
down as (
  select up.uuid, up.user_uuid
  from up
  where up.height = 0
  union all
  select reply.uuid, reply.user_uuid
  from down
  cross join lateral (
    select activities.uuid, activities.user_uuid
    from activities
    where activities.reply_to_activity_uuid = down.uuid and activities.expires_at > now()
    order by activities.uuid
    limit 21
  ) reply
),
going as (
  select down.uuid, down.user_uuid
  from down
  limit 21
),
trace as (
  select going.uuid, going.user_uuid, true as goes
  from going
  union all
  select up.uuid, up.user_uuid, false
  from up
  where up.height > 0
)
select
  trace.uuid,
  users.handle,
  trace.goes,
  case
    when trace.goes
      then array(select activity_tags.tag from activity_tags where activity_tags.activity_uuid = trace.uuid)
    else '{}'::text[]
  end as tags
from trace
join users on users.uuid = trace.user_uuid

-- Where copies of pages may show a person's live cruds and replies: the twenty that end last.
-- $1 viewer_sub text, $2 viewer_auth_time bigint
with viewer as materialized (
  select viewer_uuid($1::text, $2::bigint) as uuid
)
select
  crud.uuid,
  person.handle,
  true as goes,
  array(select activity_tags.tag from activity_tags where activity_tags.activity_uuid = crud.uuid) as tags
from viewer
join users person on person.uuid = viewer.uuid
cross join lateral (
  select activity.uuid
  from live_activities(null) activity
  where activity.user_uuid = person.uuid
  order by activity.expires_at desc
  limit 20
) crud

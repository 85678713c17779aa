-- Whether the viewer can see a crud, and until when: tells an empty list of answers from a crud that is gone.
-- $1 viewer_sub text (null: signed out), $2 viewer_auth_time bigint, $3 activity_uuid uuid
with viewer as materialized (
  select viewer_uuid($1::text, $2::bigint) as uuid
)
select activity.uuid, activity.expires_at
from viewer, live_activities(viewer.uuid) activity
where activity.uuid = $3::uuid

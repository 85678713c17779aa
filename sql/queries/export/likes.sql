-- Which live cruds the viewer has liked, the latest first.
-- $1 viewer_sub text, $2 viewer_auth_time bigint, $3 before uuid (null: from the latest), $4 limit integer
with viewer as materialized (
  select viewer_uuid($1::text, $2::bigint) as uuid
)
select
  likes.activity_uuid,
  author.handle as by,
  likes.uuid as place
from viewer
join likes on likes.user_uuid = viewer.uuid
join live_activities(viewer.uuid) activity on activity.uuid = likes.activity_uuid
join users author on author.uuid = activity.user_uuid
where $3::uuid is null or likes.uuid < $3::uuid
order by likes.uuid desc
limit $4::integer

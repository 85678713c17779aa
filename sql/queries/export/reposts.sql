-- Which live cruds the viewer has reposted, the latest first.
-- $1 viewer_sub text, $2 viewer_auth_time bigint, $3 before uuid (null: from the latest), $4 limit integer
with viewer as materialized (
  select viewer_uuid($1::text, $2::bigint) as uuid
)
select
  reposts.activity_uuid,
  author.handle as by,
  reposts.uuid as place
from viewer
join reposts on reposts.user_uuid = viewer.uuid
join live_activities(viewer.uuid) activity on activity.uuid = reposts.activity_uuid
join users author on author.uuid = activity.user_uuid
where $3::uuid is null or reposts.uuid < $3::uuid
order by reposts.uuid desc
limit $4::integer

-- Where the viewer is signed in, or was of late, the latest sign-in first.
-- $1 viewer_sub text, $2 viewer_auth_time bigint, $3 before uuid (null: from the start), $4 limit integer
with viewer as materialized (
  select viewer_uuid($1::text, $2::bigint) as uuid
)
select
  sessions.browser,
  sessions.created_at,
  sessions.last_seen_on::text as last_seen_on,
  sessions.ended_at,
  sessions.uuid as place
from viewer
join sessions on sessions.user_uuid = viewer.uuid
where $3::uuid is null or sessions.uuid < $3::uuid
order by sessions.uuid desc
limit $4::integer

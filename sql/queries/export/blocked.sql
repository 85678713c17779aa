-- Whom the viewer has blocked, the latest person to join first.
-- $1 viewer_sub text, $2 viewer_auth_time bigint, $3 before uuid (null: from the start), $4 limit integer
with viewer as materialized (
  select viewer_uuid($1::text, $2::bigint) as uuid
)
select
  person.handle,
  blocks.created_at,
  person.uuid as place
from viewer
join blocks on blocks.blocker_uuid = viewer.uuid
join people() person on person.uuid = blocks.blocked_uuid
where $3::uuid is null or person.uuid < $3::uuid
order by person.uuid desc
limit $4::integer

-- Whom the viewer has blocked, by handle.
-- $1 viewer_sub text, $2 viewer_auth_time bigint, $3 after text (a handle; null: from the start), $4 limit integer
with viewer as materialized (
  select viewer_uuid($1::text, $2::bigint) as uuid
)
select
  person.uuid,
  person.handle,
  person.display_name,
  '/media/avatars/' || person.uuid || '/' || person.avatar_key as avatar_url
from viewer
join blocks on blocks.blocker_uuid = viewer.uuid
join people() person on person.uuid = blocks.blocked_uuid
where ($3::text is null or person.handle > $3::text)
order by person.handle
limit $4::integer

-- What we keep about the viewer.
-- $1 viewer_sub text, $2 viewer_auth_time bigint
select
  users.handle,
  users.display_name,
  users.email,
  users.bio,
  '/media/avatars/' || users.uuid || '/' || users.avatar_key as avatar_url,
  users.created_at,
  users.default_ttl,
  users.theme
from users
where users.uuid = viewer_uuid($1::text, $2::bigint)

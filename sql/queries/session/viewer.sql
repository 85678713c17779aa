-- Who this session is.
-- $1 viewer_sub text, $2 viewer_auth_time bigint (seconds since the epoch)
-- One row when the person exists; ended: the session was ended everywhere after it began.
select
  users.uuid,
  users.handle,
  users.display_name,
  '/media/avatars/' || users.uuid || '/' || users.avatar_key as avatar_url,
  users.default_ttl,
  users.theme,
  viewer_uuid($1::text, $2::bigint) is null as ended,
  not exists (select from follows where follows.follower_uuid = users.uuid) as follows_nobody
from users
where users.cognito_sub = $1::text

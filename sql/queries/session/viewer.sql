-- Who this session is. One row when the person exists.
-- $1 sub text
select
  users.uuid,
  users.handle,
  users.display_name,
  '/media/avatars/' || users.uuid || '/' || users.avatar_key as avatar_url,
  users.default_ttl,
  users.theme,
  not exists (select from follows where follows.follower_uuid = users.uuid) as follows_nobody
from users
where users.cognito_sub = $1::text

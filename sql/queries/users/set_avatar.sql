-- Sets a person's picture (null: the drawn one), and returns the key of the one before.
-- $1 viewer_sub text, $2 viewer_auth_time bigint, $3 avatar_key text
with before as materialized (
  select users.uuid, users.avatar_key
  from users
  where users.uuid = viewer_uuid($1::text, $2::bigint)
  for no key update of users
),
updated as (
  update users
  set avatar_key = $3::text
  from before
  where users.uuid = before.uuid
)
select before.uuid, before.avatar_key
from before

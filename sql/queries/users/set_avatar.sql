-- Sets a person's picture (null: the drawn one), and returns the key of the one before, which is noted for removal: whoever asked
-- may never hear of it.
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
),
noted as (
  insert into avatar_removals (avatar_key)
  select before.avatar_key
  from before
  where before.avatar_key is not null and before.avatar_key is distinct from $3::text
  on conflict on constraint avatar_removals__key do nothing
)
select before.uuid, before.avatar_key
from before

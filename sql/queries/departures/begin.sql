-- Deletes the viewer's account, as far as anybody can see: their sessions have ended, nobody is made of their Cognito account
-- again, their handle is nobody's for 90 days, and what they have is hidden until it is gone.
-- $1 viewer_sub text, $2 viewer_auth_time bigint, $3 handle_hash text
with person as materialized (
  select users.uuid, users.avatar_key
  from users
  where users.uuid = viewer_uuid($1::text, $2::bigint)
  for no key update of users
),
ended as (
  update users
  set signed_out_at = 'infinity', avatar_key = null
  from person
  where users.uuid = person.uuid
),
departure as (
  insert into departures (user_uuid, avatar_key)
  select person.uuid, person.avatar_key
  from person
  on conflict on constraint departures__user do nothing
),
departed as (
  insert into departed_subs (hash)
  select sub_hash($1::text)
  from person
  on conflict on constraint departed_subs__hash do nothing
),
reserved as (
  insert into reserved_handles (hash, until)
  select $3::text, now() + interval '90 days'
  from person
  on conflict on constraint reserved_handles__hash do update set until = excluded.until
)
select person.uuid
from person

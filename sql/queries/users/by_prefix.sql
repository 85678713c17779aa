-- People whose handle begins so, those whom the viewer follows first: completion of a mention.
-- $1 viewer_sub text, $2 viewer_auth_time bigint, $3 prefix text, $4 limit integer
with viewer as materialized (
  select viewer_uuid($1::text, $2::bigint) as uuid
)
select
  person.uuid,
  person.handle,
  person.display_name,
  '/media/avatars/' || person.uuid || '/' || person.avatar_key as avatar_url
from viewer
cross join users person
where person.handle like replace(lower($3::text), '_', '\_') || '%'
  and not is_blocked(viewer.uuid, person.uuid)
  and person.uuid <> viewer.uuid
order by
  exists (
    select from follows where follows.follower_uuid = viewer.uuid and follows.followed_uuid = person.uuid
  ) desc,
  person.handle
limit $4::integer

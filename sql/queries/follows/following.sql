-- Whom a person follows, the latest person to join first.
-- $1 viewer_sub text (null: signed out), $2 viewer_auth_time bigint, $3 handle text,
-- $4 before uuid (null: from the start), $5 limit integer
with viewer as materialized (
  select viewer_uuid($1::text, $2::bigint) as uuid
)
select
  person.uuid,
  person.handle,
  person.display_name,
  '/media/avatars/' || person.uuid || '/' || person.avatar_key as avatar_url,
  case
    when viewer.uuid is null then null
    else json_build_object('following', exists (
      select from follows mine where mine.follower_uuid = viewer.uuid and mine.followed_uuid = person.uuid
    ))
  end as viewer
from viewer
join users owner on owner.handle = lower($3::text)
join follows on follows.follower_uuid = owner.uuid
join users person on person.uuid = follows.followed_uuid
where ($4::uuid is null or person.uuid < $4::uuid)
  and (viewer.uuid is null or not (is_blocked(viewer.uuid, person.uuid) or is_blocked(viewer.uuid, owner.uuid)))
order by follows.followed_uuid desc
limit $5::integer

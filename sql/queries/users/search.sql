-- People whose handle or name has what is looked for, the most like it first. What has no three letters in a row is looked for
-- at the beginning of handles only. Of what very many have, some are weighed, among them those whose handle begins so.
-- $1 viewer_sub text (null: signed out), $2 viewer_auth_time bigint, $3 term text, $4 limit integer
with viewer as materialized (
  select viewer_uuid($1::text, $2::bigint) as uuid
),
found as materialized (
  (
    select person.uuid, person.handle, person.display_name, person.avatar_key
    from users person
    where person.handle like
      replace(replace(replace(lower($3::text), '\', '\\'), '%', '\%'), '_', '\_') || '%'
    order by person.handle using ~<~
    limit 200
  )
  union
  (
    select person.uuid, person.handle, person.display_name, person.avatar_key
    from users person
    where $3::text ~ '[[:alnum:]]{3}'
      and (person.handle || ' ' || lower(person.display_name)) like
        '%' || replace(replace(replace(lower($3::text), '\', '\\'), '%', '\%'), '_', '\_') || '%'
    limit 500
  )
),
chosen as materialized (
  select person.uuid, person.handle, person.display_name, person.avatar_key
  from viewer
  cross join found person
  where viewer.uuid is null or not is_blocked(viewer.uuid, person.uuid)
  order by
    person.handle = lower($3::text) desc,
    similarity(person.handle || ' ' || lower(person.display_name), lower($3::text)) desc,
    person.handle
  limit $4::integer
)
select
  person.uuid,
  person.handle,
  person.display_name,
  '/media/avatars/' || person.uuid || '/' || person.avatar_key as avatar_url,
  case
    when viewer.uuid is null then null
    else json_build_object('following', exists (
      select from follows where follows.follower_uuid = viewer.uuid and follows.followed_uuid = person.uuid
    ))
  end as viewer
from viewer
cross join chosen person
order by
  person.handle = lower($3::text) desc,
  similarity(person.handle || ' ' || lower(person.display_name), lower($3::text)) desc,
  person.handle

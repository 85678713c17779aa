-- People whose handle or name has what is looked for, the most like it first. What has no three letters in a row is looked for
-- at the beginning of handles and names only. Of what very many have, some are weighed, among them those whose handle begins so.
-- $1 viewer_sub text (null: signed out), $2 viewer_auth_time bigint, $3 term text, $4 limit integer
with viewer as materialized (
  select viewer_uuid($1::text, $2::bigint) as uuid
),
found as materialized (
  (
    select person.uuid
    from users person
    where person.handle like
      replace(replace(replace(lower($3::text), '\', '\\'), '%', '\%'), '_', '\_') || '%'
    order by person.handle using ~<~
    limit 60
  )
  union
  (
    select person.uuid
    from users person
    where not $3::text ~ '[[:alnum:]]{3}'
      and lower(person.display_name) like
        replace(replace(replace(lower($3::text), '\', '\\'), '%', '\%'), '_', '\_') || '%'
    order by lower(person.display_name) using ~<~
    limit 60
  )
  union
  select named.uuid
  from people_by_name($3::text, 60) named
  where $3::text ~ '[[:alnum:]]{3}'
),
weighed as materialized (
  select
    person.uuid,
    person.handle,
    person.display_name,
    person.avatar_key,
    similarity(person.handle || ' ' || lower(person.display_name), lower($3::text)) as likeness
  from found
  cross join lateral (
    select users.uuid, users.handle, users.display_name, users.avatar_key
    from users
    where users.uuid = found.uuid
    limit 1
  ) person
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
cross join weighed person
where coalesce((select false from hidden_people(viewer.uuid) hidden where hidden.uuid = person.uuid), true)
order by person.handle = lower($3::text) desc, person.likeness desc, person.handle
limit $4::integer

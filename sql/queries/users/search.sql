-- People whose handle or name has what is looked for, the most like it first.
-- $1 viewer_sub text (null: signed out), $2 viewer_auth_time bigint, $3 term text, $4 limit integer
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
where (person.handle || ' ' || lower(person.display_name)) like
    '%' || replace(replace(replace(lower($3::text), '\', '\\'), '%', '\%'), '_', '\_') || '%'
  and (viewer.uuid is null or not is_blocked(viewer.uuid, person.uuid))
order by
  person.handle = lower($3::text) desc,
  similarity(person.handle || ' ' || lower(person.display_name), lower($3::text)) desc,
  person.handle
limit $4::integer

-- Whom the viewer has muted and until when, by handle.
-- Not who has blocked the viewer since, unless the viewer has blocked them too (as in users/profile).
-- $1 viewer_sub text, $2 viewer_auth_time bigint, $3 after text (a handle; null: from the start), $4 limit integer
with viewer as materialized (
  select viewer_uuid($1::text, $2::bigint) as uuid
)
select
  person.uuid,
  person.handle,
  person.display_name,
  '/media/avatars/' || person.uuid || '/' || person.avatar_key as avatar_url,
  nullif(mutes.ends_at, 'infinity') as ends_at
from viewer
join mutes on mutes.muter_uuid = viewer.uuid and mutes.ends_at > now()
join people() person on person.uuid = mutes.muted_uuid
where ($3::text is null or person.handle > $3::text)
  and (
    not exists (select from blocks where blocks.blocker_uuid = person.uuid and blocks.blocked_uuid = viewer.uuid)
    or exists (select from blocks where blocks.blocker_uuid = viewer.uuid and blocks.blocked_uuid = person.uuid)
  )
order by person.handle
limit $4::integer

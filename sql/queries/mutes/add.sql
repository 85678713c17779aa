-- Mutes a person, for some time or until it is taken back. No row: nobody has the handle, or whoever has it has blocked
-- the viewer, who has not blocked them (as in users/profile).
-- $1 viewer_sub text, $2 viewer_auth_time bigint, $3 handle text, $4 seconds integer (null: until taken back)
with viewer as materialized (
  select viewer_uuid($1::text, $2::bigint) as uuid
),
other as materialized (
  select person.uuid
  from viewer
  join people() person on person.handle = lower($3::text)
  where not exists (
    select from blocks where blocks.blocker_uuid = person.uuid and blocks.blocked_uuid = viewer.uuid
  ) or exists (
    select from blocks where blocks.blocker_uuid = viewer.uuid and blocks.blocked_uuid = person.uuid
  )
),
inserted as (
  insert into mutes (muter_uuid, muted_uuid, ends_at)
  select viewer.uuid, other.uuid, coalesce(now() + $4::integer * interval '1 second', 'infinity')
  from viewer, other
  where viewer.uuid is not null
  on conflict on constraint mutes__pair do update set ends_at = excluded.ends_at
)
select other.uuid
from other

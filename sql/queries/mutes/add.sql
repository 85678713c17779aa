-- Mutes a person, for some time or until it is taken back. No row: nobody has the handle.
-- $1 viewer_sub text, $2 viewer_auth_time bigint, $3 handle text, $4 seconds integer (null: until taken back)
with viewer as materialized (
  select viewer_uuid($1::text, $2::bigint) as uuid
),
other as materialized (
  select person.uuid
  from people() person
  where person.handle = lower($3::text)
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

-- Takes a block back. No row: nobody has the handle.
-- $1 viewer_sub text, $2 viewer_auth_time bigint, $3 handle text
with viewer as materialized (
  select viewer_uuid($1::text, $2::bigint) as uuid
),
other as materialized (
  select person.uuid
  from people() person
  where person.handle = lower($3::text)
),
deleted as (
  delete from blocks
  using viewer, other
  where blocks.blocker_uuid = viewer.uuid and blocks.blocked_uuid = other.uuid
)
select other.uuid
from other

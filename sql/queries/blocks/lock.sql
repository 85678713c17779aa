-- Makes those who change what two people are to each other take turns until their batch ends: the batch's next statement
-- sees what was done before. Without it a follow and a block at once would both stand.
-- $1 viewer_sub text, $2 viewer_auth_time bigint, $3 handle text
with viewer as materialized (
  select viewer_uuid($1::text, $2::bigint) as uuid
),
pair as materialized (
  select least(viewer.uuid, other.uuid) as low, greatest(viewer.uuid, other.uuid) as high
  from viewer
  join people() other on other.handle = lower($3::text)
)
select pair.low as uuid
from pair
where pg_advisory_xact_lock(hashtextextended(pair.low::text || pair.high::text, 0)) is not null

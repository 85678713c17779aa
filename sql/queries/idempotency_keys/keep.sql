-- Remembers under a key what this batch has made; when it has made nothing, the key is free again.
-- $1 hash text, $2 claim uuid
with made as materialized (
  select
    nullif(current_setting('cruddur.activity_uuid', true), '')::uuid as activity_uuid,
    nullif(current_setting('cruddur.message_uuid', true), '')::uuid as message_uuid
),
freed as (
  delete from idempotency_keys
  using made
  where idempotency_keys.hash = $1::text
    and idempotency_keys.claim = $2::uuid
    and coalesce(made.activity_uuid, made.message_uuid) is null
)
update idempotency_keys
set activity_uuid = made.activity_uuid, message_uuid = made.message_uuid
from made
where idempotency_keys.hash = $1::text
  and idempotency_keys.claim = $2::uuid
  and coalesce(made.activity_uuid, made.message_uuid) is not null
returning idempotency_keys.hash

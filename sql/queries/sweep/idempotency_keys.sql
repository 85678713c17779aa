-- Deletes keys older than 24 hours.
-- $1 limit integer
with ended as materialized (
  select idempotency_keys.hash
  from idempotency_keys
  where idempotency_keys.created_at <= now() - interval '24 hours'
  limit $1::integer
  for update skip locked
),
deleted as (
  delete from idempotency_keys
  using ended
  where idempotency_keys.hash = ended.hash
  returning idempotency_keys.hash
)
select count(*)::integer as count
from deleted

-- Deletes counters whose windows have ended.
-- $1 limit integer
with ended as materialized (
  select auth_attempts.hash
  from auth_attempts
  where auth_attempts.ends_at <= now()
  limit $1::integer
  for update skip locked
),
deleted as (
  delete from auth_attempts
  using ended
  where auth_attempts.hash = ended.hash
  returning auth_attempts.hash
)
select count(*)::integer as count
from deleted

-- Deletes what versions before 0024_auth_attempts counted in windows that have ended.
-- $1 limit integer
with ended as materialized (
  select attempts.hash
  from attempts
  where attempts.ends_at <= now()
  limit $1::integer
  for update skip locked
),
deleted as (
  delete from attempts
  using ended
  where attempts.hash = ended.hash
  returning attempts.hash
)
select count(*)::integer as count
from deleted

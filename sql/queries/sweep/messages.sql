-- Deletes messages that have ended.
-- $1 limit integer
with ended as materialized (
  select messages.uuid
  from messages
  where messages.expires_at <= now()
  limit $1::integer
  for update skip locked
),
deleted as (
  delete from messages
  using ended
  where messages.uuid = ended.uuid
  returning messages.uuid
)
select count(*)::integer as count
from deleted

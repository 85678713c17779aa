-- Deletes reservations of handles that have ended.
-- $1 limit integer
with ended as materialized (
  select reserved_handles.hash
  from reserved_handles
  where reserved_handles.until <= now()
  limit $1::integer
  for update skip locked
),
deleted as (
  delete from reserved_handles
  using ended
  where reserved_handles.hash = ended.hash
  returning reserved_handles.hash
)
select count(*)::integer as count
from deleted

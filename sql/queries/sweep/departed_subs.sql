-- Deletes what was kept of deleted accounts whose last token has long ended.
-- $1 limit integer
with ended as materialized (
  select departed_subs.hash
  from departed_subs
  where departed_subs.until <= now()
  limit $1::integer
  for update skip locked
),
deleted as (
  delete from departed_subs
  using ended
  where departed_subs.hash = ended.hash
  returning departed_subs.hash
)
select count(*)::integer as count
from deleted

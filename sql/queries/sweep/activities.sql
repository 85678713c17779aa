-- Deletes cruds that have ended, the oldest end first, with all that hangs on them. Two sweeps do not meet.
-- $1 limit integer
with ended as materialized (
  select activities.uuid
  from activities
  where activities.expires_at <= now()
  order by activities.expires_at, activities.uuid
  limit $1::integer
  for no key update skip locked
),
deleted as (
  delete from activities
  using ended
  where activities.uuid = ended.uuid
  returning activities.uuid
)
select count(*)::integer as count
from deleted

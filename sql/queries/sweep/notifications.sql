-- Deletes notifications without an activity that are 30 days old; all others go with their activities.
-- $1 limit integer
with ended as materialized (
  select notifications.uuid
  from notifications
  where notifications.activity_uuid is null and notifications.created_at <= now() - interval '30 days'
  limit $1::integer
  for update skip locked
),
deleted as (
  delete from notifications
  using ended
  where notifications.uuid = ended.uuid
  returning notifications.uuid
)
select count(*)::integer as count
from deleted

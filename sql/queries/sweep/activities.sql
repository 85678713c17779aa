-- Deletes cruds that have ended, the oldest end first and answers before what they answer, with all that hangs on them. Two
-- sweeps do not meet, and neither waits for anybody: what is locked, or answers what is locked, is left for later.
-- Each table that cascades is planned for once: for likes and reposts Postgres would else plan anew with each crud, which takes
-- longer than deleting them.
-- $1 limit integer
with planned as materialized (
  select set_config('plan_cache_mode', 'force_generic_plan', true)
),
ended as materialized (
  select activities.uuid, activities.reply_to_activity_uuid
  from activities
  where activities.expires_at <= now()
  order by activities.expires_at, activities.uuid desc
  limit $1::integer
  for no key update skip locked
),
answered as materialized (
  select activities.uuid
  from activities
  where activities.uuid in (select ended.reply_to_activity_uuid from ended)
  for no key update skip locked
),
deleted as (
  delete from activities
  using ended
  where activities.uuid = ended.uuid
    and (
      ended.reply_to_activity_uuid is null
      or ended.reply_to_activity_uuid in (select answered.uuid from answered)
    )
  returning activities.uuid
)
select count(*)::integer as count
from deleted, planned

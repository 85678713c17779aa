-- Deletes what people who are leaving have crudded, with all that hangs on it. What they answer is locked first, as by
-- whoever answers it, since it counts its answers.
-- $1 limit integer
with leaving as materialized (
  select departures.user_uuid
  from departures
  for no key update skip locked
),
going as materialized (
  select crud.uuid, crud.reply_to_activity_uuid
  from leaving
  cross join lateral (
    select activities.uuid, activities.reply_to_activity_uuid
    from activities
    where activities.user_uuid = leaving.user_uuid
    limit $1::integer
  ) crud
  limit $1::integer
),
answered as materialized (
  select activities.uuid
  from activities
  where activities.uuid in (select going.reply_to_activity_uuid from going)
  order by activities.uuid
  for no key update
),
deleted as (
  delete from activities
  using going
  where activities.uuid = going.uuid and (select count(*) from answered) >= 0
  returning activities.uuid
)
select count(*)::integer as count
from deleted

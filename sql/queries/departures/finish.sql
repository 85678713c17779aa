-- Ends the departures of people of whom nothing is left.
-- $1 limit integer
with over as materialized (
  select departures.user_uuid
  from departures
  where departures.avatar_key is null
    and not exists (select from users where users.uuid = departures.user_uuid)
  limit $1::integer
  for no key update skip locked
),
deleted as (
  delete from departures
  using over
  where departures.user_uuid = over.user_uuid
  returning departures.user_uuid
)
select count(*)::integer as count
from deleted

-- Deletes notes of resets before which no session began that can still be alive: refresh tokens live 30 days.
-- $1 limit integer
with ended as materialized (
  select password_resets_due.uuid
  from password_resets_due
  where password_resets_due.reset_at <= now() - interval '40 days'
  limit $1::integer
  for update skip locked
),
deleted as (
  delete from password_resets_due
  using ended
  where password_resets_due.uuid = ended.uuid
  returning password_resets_due.uuid
)
select count(*)::integer as count
from deleted

-- Deletes sessions of which no token can count any more: 31 days after they began, when refresh tokens have expired, or two
-- days after Cognito has revoked them, when access tokens have, which live for a day at most.
-- $1 limit integer
with ended as materialized (
  select sessions.uuid
  from sessions
  where sessions.created_at <= now() - interval '31 days' or sessions.revoked_at <= now() - interval '2 days'
  limit $1::integer
  for update skip locked
),
deleted as (
  delete from sessions
  using ended
  where sessions.uuid = ended.uuid
  returning sessions.uuid
)
select count(*)::integer as count
from deleted

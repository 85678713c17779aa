-- The first whole second (since the epoch) after all sessions of an account were ended; no row if they never were, or if the
-- account is deleted.
-- $1 sub text
select (floor(extract(epoch from users.signed_out_at)) + 1)::bigint as since
from users
where users.cognito_sub = $1::text and isfinite(users.signed_out_at)

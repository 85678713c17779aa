-- Ends every session of a person that has begun by now; those of somebody who is leaving stay ended for good.
-- $1 sub text
update users
set signed_out_at = greatest(now(), users.signed_out_at)
where users.cognito_sub = $1::text
returning users.uuid

-- Ends every session of a person that has begun by now.
-- $1 viewer_sub text
update users
set signed_out_at = now()
where users.cognito_sub = $1::text
returning users.uuid

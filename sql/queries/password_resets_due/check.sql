-- Whether an account waits for a reset of its password, and whether a session of it began before one.
-- $1 email_hash text, $2 viewer_sub text, $3 viewer_auth_time bigint
select
  is_password_reset_due($1::text, $2::text) as due,
  began_before_reset($1::text, $3::bigint) as began_before

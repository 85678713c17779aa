-- Whether an account waits for a reset of its password, and whether a session of it began before one.
-- $1 sub text, $2 auth_time bigint, $3 email_hash text
select
  is_password_reset_due($3::text, $1::text) as due,
  began_before_reset($3::text, $2::bigint) as began_before

-- Whether a device that has signed in is still known: since then nobody has ended all sessions of the account, as a new
-- password does too.
-- $1 sub text, $2 since bigint (seconds since the epoch)
select exists (
  select from users
  where users.cognito_sub = $1::text
    and (users.signed_out_at is null or to_timestamp($2::bigint) > users.signed_out_at)
) as is_known

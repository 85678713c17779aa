-- Makes a person's row. No row: the sub or the handle has one already, is that of somebody who has deleted their account, or
-- the account waits for a reset of its password. Sessions from before a reset stay ended. What marked the account is settled:
-- it was confirmed by its owner, or before.
-- $1 cognito_sub text, $2 handle text, $3 display_name text, $4 email text, $5 handle_hash text, $6 email_hash text,
-- $7 auth_time bigint (of the session that makes it; null: none does)
with made as (
  insert into users (cognito_sub, handle, display_name, email, signed_out_at)
  select $1::text, $2::text, $3::text, $4::text, (
    select max(due.reset_at) from password_resets_due due where due.email_hash = $6::text
  )
  where not has_departed($1::text)
    and not exists (
      select from reserved_handles where reserved_handles.hash = $5::text and reserved_handles.until > now()
    )
    and not is_password_reset_due($6::text, $1::text)
    and not began_before_reset($6::text, $7::bigint)
  on conflict do nothing
  returning users.uuid
),
settled as (
  delete from password_resets_due due
  using made
  where due.email_hash = $6::text and due.reset_at is null
)
select made.uuid
from made

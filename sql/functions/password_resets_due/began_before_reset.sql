-- Returns whether a session began (auth_time, Unix time in seconds) before the account's last password reset by mail.
create or replace function began_before_reset(email_hash text, auth_time bigint) returns boolean
language sql stable
as $$
  select exists (
    select from password_resets_due due
    where due.email_hash = began_before_reset.email_hash
      and due.reset_at >= to_timestamp(began_before_reset.auth_time)
  )
$$;

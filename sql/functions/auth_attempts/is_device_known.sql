-- Returns whether an account still knows a device that signed in at `since` (Unix time in seconds): until all sessions of the account
-- are ended, also by a new password.
create or replace function is_device_known(sub text, since bigint) returns boolean
language sql stable
as $$
  select exists (
    select from users member
    where member.cognito_sub = is_device_known.sub
      and (member.signed_out_at is null or to_timestamp(is_device_known.since) > member.signed_out_at)
  )
$$;

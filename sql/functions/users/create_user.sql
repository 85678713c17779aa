-- Creates a user and returns its uuid. No row: the sub or the handle is taken or belongs to a deleted account, or the account is
-- due for a password reset. Sessions from before a reset stay ended. auth_time: that of the request's session, null without one.
create or replace function create_user(
  cognito_sub text, handle text, display_name text, email text, handle_hash text, email_hash text, auth_time bigint
) returns table (uuid uuid)
language plpgsql security definer
as $$
declare
  -- Read before the checks, so that the delete below does not remove a mark added meanwhile.
  resets_due constant uuid[] := array(
    select due.uuid
    from password_resets_due due
    where due.email_hash = create_user.email_hash and due.reset_at is null
  );
  created uuid;
begin
  if is_account_deleted(create_user.cognito_sub)
    or is_password_reset_due(create_user.email_hash, create_user.cognito_sub)
    or began_before_reset(create_user.email_hash, create_user.auth_time)
    or exists (
      select from reserved_handles reserved where reserved.hash = create_user.handle_hash and reserved.until > now()
    )
  then
    return;
  end if;

  insert into users (cognito_sub, handle, display_name, email, signed_out_at)
  values (
    create_user.cognito_sub,
    create_user.handle,
    create_user.display_name,
    create_user.email,
    (select max(due.reset_at) from password_resets_due due where due.email_hash = create_user.email_hash)
  )
  on conflict do nothing
  returning users.uuid into created;
  if not found then
    return;
  end if;

  -- The checks above have settled these marks.
  delete from password_resets_due due where due.uuid = any (resets_due);

  return query select created;
end
$$;

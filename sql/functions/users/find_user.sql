-- Returns the user with a handle; null if it is unknown or the account is deleted. Ignores blocks: see visible_users.
create or replace function find_user(handle text) returns uuid
language sql stable
as $$
  select person.uuid
  from users person
  where person.handle = lower(find_user.handle)
    and person.uuid <> all (array(select deleted_accounts.user_uuid from deleted_accounts))
$$;

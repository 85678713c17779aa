-- The user with a handle; null: nobody has it, or its owner is deleting their account. It asks nothing of blocks: see visible_users.
create or replace function find_user(handle text) returns uuid
language sql stable
as $$
  select person.uuid
  from users person
  where person.handle = lower(find_user.handle)
    and person.uuid <> all (array(select deleted_accounts.user_uuid from deleted_accounts))
$$;

-- Returns the user who has an email, or no row; case is ignored. A deleted account's email is free.
create or replace function find_taken_email(email text) returns table (uuid uuid)
language plpgsql stable security definer
set plan_cache_mode = force_generic_plan
set enable_memoize = off
as $$
begin
  return query
  select users.uuid
  from users
  where lower(users.email) = lower(find_taken_email.email)
    and users.uuid <> all (array(select deleted_accounts.user_uuid from deleted_accounts))
  limit 1;
end
$$;

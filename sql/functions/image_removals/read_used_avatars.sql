-- Returns those of the keys that are a user's avatar.
create or replace function read_used_avatars(avatar_keys text[]) returns table (avatar_key text)
language plpgsql stable security definer
set plan_cache_mode = force_generic_plan
set enable_memoize = off
as $$
begin
  return query
  select users.avatar_key
  from users
  where users.avatar_key = any (read_used_avatars.avatar_keys);
end
$$;

-- Returns keys of replaced avatars that the cron must still delete from the bucket, at most batch_size.
create or replace function read_image_removals(batch_size integer) returns table (avatar_key text)
language plpgsql stable security definer
set plan_cache_mode = force_generic_plan
set enable_memoize = off
as $$
begin
  return query
  select removal.avatar_key
  from image_removals removal
  order by removal.avatar_key
  limit read_image_removals.batch_size;
end
$$;

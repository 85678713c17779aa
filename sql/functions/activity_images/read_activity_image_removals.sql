-- Returns images whose object the cron must delete from the bucket, or delete once more, at most batch_size.
create or replace function read_activity_image_removals(batch_size integer) returns table (image_uuid uuid)
language plpgsql stable security definer
set plan_cache_mode = force_generic_plan
set enable_memoize = off
as $$
begin
  return query
  select removal.image_uuid
  from activity_image_removals removal
  where removal.removed_at is null or removal.settles_at <= now()
  order by removal.image_uuid
  limit read_activity_image_removals.batch_size;
end
$$;

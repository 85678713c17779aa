-- Returns deleted accounts that still have data, with the avatar to delete from the bucket (null: none).
create or replace function read_account_deletions(page_size integer) returns table (user_uuid uuid, avatar_key text)
language plpgsql stable security definer
set plan_cache_mode = force_generic_plan
set enable_memoize = off
as $$
begin
  return query
  select deletion.user_uuid, deletion.avatar_key
  from deleted_accounts deletion
  order by deletion.user_uuid
  limit read_account_deletions.page_size;
end
$$;

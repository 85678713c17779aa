-- Deletes at most batch_size rows of deleted_accounts whose account has no data left. Returns their number.
create or replace function finish_account_deletions(batch_size integer) returns table (count integer)
language plpgsql security definer
as $$
declare
  deleted_users constant uuid[] := lock_account_deletions();
begin
  delete from deleted_accounts finished
  where finished.user_uuid = any (array(
    select deletion.user_uuid
    from deleted_accounts deletion
    where deletion.user_uuid = any (deleted_users)
      and deletion.avatar_key is null
      and not exists (select from users member where member.uuid = deletion.user_uuid)
    limit finish_account_deletions.batch_size
  ));
  get diagnostics count = row_count;
  return next;
end
$$;

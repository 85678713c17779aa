-- Locks all rows of deleted_accounts and returns their users. Only the job that deletes accounts locks them, so two concurrent runs
-- wait for each other.
create or replace function lock_account_deletions() returns uuid[]
language plpgsql
as $$
begin
  return array(select deletion.user_uuid from deleted_accounts deletion order by deletion.user_uuid for no key update);
end
$$;

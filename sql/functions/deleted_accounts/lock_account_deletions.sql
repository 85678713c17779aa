-- Locks the deleted accounts of which something is left and returns their users. Only statements of this job lock them: two runs
-- take turns, so that neither ends because the other was at it.
create or replace function lock_account_deletions() returns uuid[]
language plpgsql
as $$
begin
  return array(select deletion.user_uuid from deleted_accounts deletion order by deletion.user_uuid for no key update);
end
$$;

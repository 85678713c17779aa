-- Locks the deleted accounts of which something is left, but for those that another run is at.
create or replace function lock_account_deletions() returns uuid[]
language plpgsql
as $$
begin
  return array(select deletion.user_uuid from departures deletion for no key update skip locked);
end
$$;

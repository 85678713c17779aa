-- Returns whether the account of a sub was deleted here; Cognito may still have it.
create or replace function is_account_deleted(sub text) returns boolean
language sql stable
as $$
  select exists (select from deleted_subs deleted where deleted.hash = sub_hash(is_account_deleted.sub))
$$;

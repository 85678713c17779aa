-- Notes that Cognito has deleted an account too: in 90 days there is no token of it left, nor anything to guard from.
create or replace function note_cognito_account_deleted(sub text) returns void
language plpgsql security definer
as $$
begin
  update deleted_subs deleted
  set until = now() + interval '90 days'
  where deleted.hash = sub_hash(note_cognito_account_deleted.sub) and deleted.until = 'infinity';
end
$$;

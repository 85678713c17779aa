-- Records that an account was deleted at Cognito too. After 90 days all its tokens have expired, so its sub is forgotten then.
create or replace function note_cognito_account_deleted(sub text) returns void
language plpgsql security definer
as $$
begin
  update deleted_subs deleted
  set until = now() + interval '90 days'
  where deleted.hash = sub_hash(note_cognito_account_deleted.sub) and deleted.until = 'infinity';
end
$$;

-- Marks an account as due for a password reset, before Cognito confirms it. Returns the mark. proved_sub: the account that the
-- sign-up cookie proves to be the browser's own; null without proof.
create or replace function add_password_reset_mark(email_hash text, proved_sub text) returns table (uuid uuid)
language plpgsql security definer
as $$
begin
  return query
  insert into password_resets_due as mark (email_hash, proved_sub)
  values (add_password_reset_mark.email_hash, add_password_reset_mark.proved_sub)
  returning mark.uuid;
end
$$;

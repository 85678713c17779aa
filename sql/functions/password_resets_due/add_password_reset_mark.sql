-- Marks an account before Cognito is asked to confirm it; returns the mark. proved_sub is null without proof.
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

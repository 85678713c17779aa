-- Returns whether an account gets no session until its password is reset by mail. Not due: an account with a user older than the
-- mark, since it was confirmed before, and an account confirmed with proof of the sign-up.
create or replace function is_password_reset_due(email_hash text, sub text) returns boolean
language sql stable
as $$
  select exists (
    select from password_resets_due due
    where due.email_hash = is_password_reset_due.email_hash
      and due.reset_at is null
      and due.proved_sub is distinct from is_password_reset_due.sub
      and not exists (
        select from users member
        where member.cognito_sub = is_password_reset_due.sub and member.created_at <= due.created_at
      )
  ) and not exists (
    select from password_resets_due proof
    where proof.email_hash = is_password_reset_due.email_hash
      and proof.proved_sub = is_password_reset_due.sub
      and proof.confirmed_at is not null
  )
$$;

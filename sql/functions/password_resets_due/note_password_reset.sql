-- Records that the password of an account was reset by mail.
create or replace function note_password_reset(email_hash text) returns void
language plpgsql security definer
as $$
begin
  update password_resets_due mark
  set reset_at = now()
  where mark.email_hash = note_password_reset.email_hash and mark.reset_at is null;
end
$$;

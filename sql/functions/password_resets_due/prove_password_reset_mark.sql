-- Records that Cognito confirmed the account for a user who proved the sign-up.
create or replace function prove_password_reset_mark(mark_uuid uuid, proved_sub text) returns void
language plpgsql security definer
as $$
begin
  update password_resets_due mark
  set proved_sub = prove_password_reset_mark.proved_sub, confirmed_at = now()
  where mark.uuid = prove_password_reset_mark.mark_uuid;
end
$$;

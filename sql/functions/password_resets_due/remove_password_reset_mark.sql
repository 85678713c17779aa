-- Deletes the mark of a confirmation that Cognito refused.
create or replace function remove_password_reset_mark(mark_uuid uuid) returns void
language plpgsql security definer
as $$
begin
  delete from password_resets_due mark
  where mark.uuid = remove_password_reset_mark.mark_uuid and mark.reset_at is null;
end
$$;

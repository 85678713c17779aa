-- Deletes records of password resets after 40 days: sessions from before the reset have expired by then, since refresh tokens live
-- 30 days. Returns the number of deleted rows.
create or replace function sweep_password_resets(batch_size integer) returns table (count integer)
language plpgsql security definer
as $$
begin
  delete from password_resets_due swept
  where swept.uuid = any (array(
    select due.uuid
    from password_resets_due due
    where due.reset_at <= now() - interval '40 days'
    limit sweep_password_resets.batch_size
    for update skip locked
  ));
  get diagnostics count = row_count;
  return next;
end
$$;

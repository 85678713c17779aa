-- Deletes counters whose windows have ended. Returns the number of deleted rows.
create or replace function sweep_auth_attempts(batch_size integer) returns table (count integer)
language plpgsql security definer
as $$
begin
  delete from auth_attempts swept
  where swept.hash = any (array(
    select due.hash
    from auth_attempts due
    where due.ends_at <= now()
    limit sweep_auth_attempts.batch_size
    for update skip locked
  ));
  get diagnostics count = row_count;
  return next;
end
$$;

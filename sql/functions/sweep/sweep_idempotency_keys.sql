-- Deletes keys older than 24 hours. Returns the number of deleted rows.
create or replace function sweep_idempotency_keys(batch_size integer) returns table (count integer)
language plpgsql security definer
as $$
begin
  delete from idempotency_keys swept
  where swept.hash = any (array(
    select due.hash
    from idempotency_keys due
    where due.created_at <= now() - interval '24 hours'
    limit sweep_idempotency_keys.batch_size
    for update skip locked
  ));
  get diagnostics count = row_count;
  return next;
end
$$;

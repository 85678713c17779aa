-- Deletes ended reservations of handles. Returns the number of deleted rows.
create or replace function sweep_reserved_handles(batch_size integer) returns table (count integer)
language plpgsql security definer
as $$
begin
  delete from reserved_handles swept
  where swept.hash = any (array(
    select due.hash
    from reserved_handles due
    where due.until <= now()
    limit sweep_reserved_handles.batch_size
    for update skip locked
  ));
  get diagnostics count = row_count;
  return next;
end
$$;

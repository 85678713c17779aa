-- Deletes the hashes of Cognito accounts that were deleted so long ago that all their tokens have expired. Returns the number of
-- deleted rows.
create or replace function sweep_deleted_subs(batch_size integer) returns table (count integer)
language plpgsql security definer
as $$
begin
  delete from deleted_subs swept
  where swept.hash = any (array(
    select due.hash
    from deleted_subs due
    where due.until <= now()
    limit sweep_deleted_subs.batch_size
    for update skip locked
  ));
  get diagnostics count = row_count;
  return next;
end
$$;

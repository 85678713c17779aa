-- Removes the sealed copies of reports that may keep them no longer (has_sealed_copy_expired). Returns their number.
create or replace function sweep_sealed_copies(batch_size integer) returns table (count integer)
language plpgsql security definer
as $$
begin
  update reports report
  set sealed_copy = null
  where report.uuid = any (array(
    select due.uuid
    from reports due
    where due.sealed_copy is not null and has_sealed_copy_expired(due)
    limit sweep_sealed_copies.batch_size
    for update skip locked
  ));
  get diagnostics count = row_count;
  return next;
end
$$;

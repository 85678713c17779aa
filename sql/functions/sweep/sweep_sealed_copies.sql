-- Removes sealed copies that nobody may open any more (is_copy_over). Returns their number.
create or replace function sweep_sealed_copies(batch_size integer) returns table (count integer)
language plpgsql security definer
as $$
begin
  update reports report
  set sealed_copy = null
  where report.uuid = any (array(
    select old.uuid
    from reports old
    where old.sealed_copy is not null and is_copy_over(old)
    limit sweep_sealed_copies.batch_size
    for update skip locked
  ));
  get diagnostics count = row_count;
  return next;
end
$$;

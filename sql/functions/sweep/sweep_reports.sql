-- Deletes reports after 30 days; while an appeal waits for an answer, only their sealed copies (sweep_sealed_copies). Returns the
-- number of deleted rows.
create or replace function sweep_reports(batch_size integer) returns table (count integer)
language plpgsql security definer
as $$
begin
  delete from reports swept
  where swept.uuid = any (array(
    select due.uuid
    from reports due
    where due.created_at <= now() - interval '30 days'
      and not exists (
        select from statements written
        where written.uuid = due.statement_uuid and written.appealed_at is not null and written.answered_at is null
      )
    limit sweep_reports.batch_size
    for update skip locked
  ));
  get diagnostics count = row_count;
  return next;
end
$$;

-- Deletes statements of reasons after 30 days, but not while a suspension lasts or an appeal waits for an answer; it waits for at
-- most 30 days. Returns the number of deleted rows.
create or replace function sweep_statements(batch_size integer) returns table (count integer)
language plpgsql security definer
as $$
begin
  delete from statements swept
  where swept.uuid = any (array(
    select due.uuid
    from statements due
    where due.created_at <= now() - interval '30 days'
      and (due.undone_at is not null or coalesce(due.suspended_until, now()) <= now())
      and (due.appealed_at is null or due.answered_at is not null or due.appealed_at <= now() - interval '30 days')
    limit sweep_statements.batch_size
    for update skip locked
  ));
  get diagnostics count = row_count;
  return next;
end
$$;

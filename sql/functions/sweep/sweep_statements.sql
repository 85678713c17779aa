-- Deletes statements of reasons after 30 days: not while a suspension lasts, nor while an appeal waits for an answer, at most another
-- 30 days. Returns the number of deleted rows.
create or replace function sweep_statements(batch_size integer) returns table (count integer)
language plpgsql security definer
as $$
begin
  delete from statements swept
  where swept.uuid = any (array(
    select old.uuid
    from statements old
    where old.created_at <= now() - interval '30 days'
      and (old.undone_at is not null or coalesce(old.suspended_until, now()) <= now())
      and (old.appealed_at is null or old.answered_at is not null or old.appealed_at <= now() - interval '30 days')
    limit sweep_statements.batch_size
    for update skip locked
  ));
  get diagnostics count = row_count;
  return next;
end
$$;

-- Removes sealed copies that nobody needs any more: 14 days after a decision unless its author has appealed, in any case 30 days
-- after the report. Returns their number.
create or replace function sweep_sealed_copies(batch_size integer) returns table (count integer)
language plpgsql security definer
as $$
begin
  update reports report
  set sealed_copy = null
  where report.uuid = any (array(
    select old.uuid
    from reports old
    where old.sealed_copy is not null
      and (
        old.created_at <= now() - interval '30 days'
        or (
          old.decided_at <= now() - interval '14 days'
          and not exists (
            select from statements written
            where written.uuid = old.statement_uuid and written.appealed_at is not null and written.answered_at is null
          )
        )
      )
    limit sweep_sealed_copies.batch_size
    for update skip locked
  ));
  get diagnostics count = row_count;
  return next;
end
$$;

-- Returns whether a report may no longer keep its sealed copy: 16 days after it was made if nobody has decided, 14 days after the
-- decision unless an appeal waits for an answer, and 30 days after it was made in any case.
create or replace function has_sealed_copy_expired(report reports) returns boolean
language sql stable
return report.created_at <= now() - interval '30 days'
  or (report.state = 'open' and report.created_at <= now() - interval '16 days')
  or (
    coalesce(report.decided_at <= now() - interval '14 days', false)
    and not exists (
      select from statements written
      where written.uuid = report.statement_uuid and written.appealed_at is not null and written.answered_at is null
    )
  );

-- Returns whether the time is over for which a report keeps its sealed copy: 16 days without a decision, 14 days after a decision
-- unless an appeal waits for an answer, in any case 30 days.
create or replace function is_copy_over(report reports) returns boolean
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

-- Returns the state of a report, by its reference. `acted`: whether something was done about it; null until it is decided. No row:
-- there is no such report, or it is older than 30 days.
create or replace function read_report_answer(known_reference text) returns table (
  reference text,
  state text,
  created_at timestamptz,
  decided_at timestamptz,
  acted boolean,
  rule text
)
language plpgsql stable security definer
set plan_cache_mode = force_generic_plan
set enable_memoize = off
as $$
begin
  return query
  select report.reference, report.state, report.created_at, report.decided_at, report.decision <> 'dismiss', report.rule
  from reports report
  where report.reference = read_report_answer.known_reference and report.created_at > now() - interval '30 days';
end
$$;

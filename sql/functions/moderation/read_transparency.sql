-- Returns numbers of the last 24 months from the moderation log, the newest month first: reports, decisions by kind, appeals, and the
-- median time from a report to its decision.
create or replace function read_transparency() returns table (
  month text,
  reports integer,
  dismissed integer,
  warned integer,
  deleted integer,
  suspended integer,
  undone integer,
  closed integer,
  appeals integer,
  upheld integer,
  reversed integer,
  median_seconds integer
)
language plpgsql stable security definer
set plan_cache_mode = force_generic_plan
set enable_memoize = off
as $$
begin
  return query
  select
    to_char(entry.at at time zone 'utc', 'YYYY-MM') as of_month,
    (count(*) filter (where entry.action = 'report'))::integer,
    (count(*) filter (where entry.action = 'dismiss'))::integer,
    (count(*) filter (where entry.action = 'warn'))::integer,
    (count(*) filter (where entry.action = 'delete'))::integer,
    (count(*) filter (where entry.action = 'suspend'))::integer,
    (count(*) filter (where entry.action = 'undo'))::integer,
    (count(*) filter (where entry.action = 'close'))::integer,
    (count(*) filter (where entry.action = 'appeal'))::integer,
    (count(*) filter (where entry.action = 'uphold'))::integer,
    (count(*) filter (where entry.action = 'reverse'))::integer,
    (
      percentile_cont(0.5) within group (order by entry.seconds_open)
      filter (where entry.action in ('dismiss', 'warn', 'delete', 'suspend'))
    )::integer
  from moderation_log entry
  where entry.at >= date_trunc('month', now() - interval '23 months') and entry.action <> 'open'
  group by of_month
  order by of_month desc;
end
$$;

-- Returns a page of reports for moderators, oldest first. `state`: open, decided or closed, or `appealed` for decided ones whose
-- appeal waits for an answer. `kind` and `reason` null: all. Pages by uuid: after null, from the oldest.
create or replace function read_reports(
  viewer_sub text, state text, kind text, reason text, after uuid, page_size integer
)
returns table (report json, "position" uuid)
language plpgsql stable security definer
set plan_cache_mode = force_generic_plan
set enable_memoize = off
as $$
begin
  return query
  select card.report, page.uuid
  from (
    select oldest.uuid
    from (
      select report.uuid
      from reports report
      where report.state = case when read_reports.state = 'appealed' then 'decided' else read_reports.state end
        and report.uuid > coalesce(read_reports.after, '00000000-0000-0000-0000-000000000000')
        and (read_reports.kind is null or report.kind = read_reports.kind)
        and (read_reports.reason is null or report.reason = read_reports.reason)
        and (
          read_reports.state <> 'appealed'
          or exists (
            select from statements appealed
            where appealed.uuid = report.statement_uuid and appealed.appealed_at is not null and appealed.answered_at is null
          )
        )
      order by report.uuid
      -- A constant: with a parameter a generic plan would expect a tenth of the table.
      limit 101
    ) oldest
    limit read_reports.page_size
  ) page
  cross join lateral (
    select cards.report from report_cards() cards where cards.uuid = page.uuid limit 1
  ) card
  order by page.uuid;
end
$$;

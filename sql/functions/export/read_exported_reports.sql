-- Returns a page of the viewer's reports of the last 30 days and the decisions about them, newest first. What the viewer reported
-- and wrote is sealed, for moderators only. Pages by position: before null, from the newest.
create or replace function read_exported_reports(viewer_sub text, before uuid, page_size integer)
returns table (
  reference text,
  kind text,
  reason text,
  state text,
  acted boolean,
  rule text,
  created_at timestamptz,
  decided_at timestamptz,
  "position" uuid
)
language plpgsql stable security definer
set plan_cache_mode = force_generic_plan
set enable_memoize = off
as $$
declare
  viewer constant uuid := find_viewer(read_exported_reports.viewer_sub);
begin
  return query
  select
    page.reference,
    page.kind,
    page.reason,
    page.state,
    page.decision <> 'dismiss',
    page.rule,
    page.created_at,
    page.decided_at,
    page.uuid
  from (
    select report.*
    from reports report
    where report.reporter_uuid = viewer
      and report.created_at > now() - interval '30 days'
      and report.uuid < coalesce(read_exported_reports.before, 'ffffffff-ffff-ffff-ffff-ffffffffffff')
    order by report.uuid desc
    limit 1000
  ) page
  order by page.uuid desc
  limit read_exported_reports.page_size;
end
$$;

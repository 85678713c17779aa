-- Returns a page of statements of reasons to the viewer, newest first, without their appeals, which are sealed. `suspended_until` null:
-- no suspension, or for good. Pages by position: before null, from the newest.
create or replace function read_exported_statements(viewer_sub text, before uuid, page_size integer)
returns table (
  uuid uuid,
  kind text,
  action text,
  warning text,
  suspended_until timestamptz,
  rule text,
  statement text,
  created_at timestamptz,
  undone_at timestamptz,
  appealed_at timestamptz,
  appeal_decision text,
  appeal_answer text,
  answered_at timestamptz,
  "position" uuid
)
language plpgsql stable security definer
set plan_cache_mode = force_generic_plan
set enable_memoize = off
as $$
declare
  viewer constant uuid := find_viewer(read_exported_statements.viewer_sub);
begin
  return query
  select
    page.uuid,
    page.kind,
    page.action,
    page.warning,
    case when isfinite(page.suspended_until) then page.suspended_until end,
    page.rule,
    page.statement,
    page.created_at,
    page.undone_at,
    page.appealed_at,
    page.appeal_decision,
    page.appeal_answer,
    page.answered_at,
    page.uuid
  from (
    select written.*
    from statements written
    where written.user_uuid = viewer
      and written.uuid < coalesce(read_exported_statements.before, 'ffffffff-ffff-ffff-ffff-ffffffffffff')
    order by written.uuid desc
    limit 1000
  ) page
  order by page.uuid desc
  limit read_exported_statements.page_size;
end
$$;

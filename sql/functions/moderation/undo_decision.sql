-- Undoes a mistaken decision (end_decision), and opens its reports again. Returns the pages to purge, with the author's handle, and
-- whom to nudge. CR414: there is no such report. CR45D: it is not decided, its decision was undone, or the appeal is answered.
create or replace function undo_decision(viewer_sub text, report_uuid uuid)
returns table (handle text, purge_targets json, nudged json)
language plpgsql security definer
as $$
declare
  viewer constant uuid := find_viewer(undo_decision.viewer_sub);
  reopened reports;
  undone statements;
  targets json := '[]';
begin
  reopened := lock_reports_of_subject(undo_decision.report_uuid);
  select written.* into undone from statements written where written.uuid = reopened.statement_uuid for no key update;
  if reopened.state <> 'decided' or undone.undone_at is not null or undone.answered_at is not null then
    raise exception using errcode = 'CR45D', message = 'there is no decision to undo';
  end if;
  if undone.uuid is not null then
    targets := end_decision(undone);
  end if;

  update reports report
  set state = 'open', decision = null, rule = null, statement_uuid = null, decided_at = null
  where report.subject_uuid = reopened.subject_uuid
    and report.state = 'decided'
    -- One decision sets the same time in all its reports.
    and report.decided_at = reopened.decided_at;

  insert into moderation_log (action, moderator_uuid, report_uuid, statement_uuid, kind, reason, rule)
  values ('undo', viewer, reopened.uuid, undone.uuid, reopened.kind, reopened.reason, reopened.rule);

  return query
  select
    (select author.handle from users author where author.uuid = reopened.author_uuid),
    targets,
    nudges_to(array[undone.user_uuid], null);
end
$$;

-- Answers the appeal against the decision about a report, and returns the pages to purge, with the author's handle, and whom to
-- nudge. `decision`: upheld, or reversed, which undoes it (end_decision). The answer removes the appeal's text and the sealed
-- copies. CR414: there is no such report, or no appeal. CR45D: it is answered. CR45O: the viewer made the decision, and another
-- moderator was active within 30 days.
create or replace function answer_appeal(viewer_sub text, report_uuid uuid, decision text, answer text)
returns table (handle text, purge_targets json, nudged json)
language plpgsql security definer
as $$
declare
  viewer constant uuid := find_viewer(answer_appeal.viewer_sub);
  report reports;
  appealed statements;
  targets json := '[]';
begin
  report := lock_reports_of_subject(answer_appeal.report_uuid);
  select written.* into appealed from statements written where written.uuid = report.statement_uuid for no key update;
  if appealed.appealed_at is null then
    raise exception using errcode = 'CR414', message = 'there is no appeal';
  elsif appealed.answered_at is not null then
    raise exception using errcode = 'CR45D', message = 'the appeal is answered';
  elsif appealed.moderator_uuid = viewer and exists (
    select from moderation_log entry
    join users other on other.uuid = entry.moderator_uuid
    where entry.at > now() - interval '30 days' and entry.moderator_uuid <> viewer
  ) then
    raise exception using errcode = 'CR45O', message = 'another moderator answers appeals against a decision';
  end if;

  update statements written
  set appeal_decision = answer_appeal.decision,
      appeal_answer = answer_appeal.answer,
      answered_at = now(),
      sealed_appeal = null
  where written.uuid = appealed.uuid;
  update reports decided set sealed_copy = null where decided.statement_uuid = appealed.uuid;
  if answer_appeal.decision = 'reversed' then
    targets := end_decision(appealed);
  else
    perform notify_of_decision(appealed.user_uuid, 'statement', appealed.uuid::text);
  end if;

  insert into moderation_log (action, moderator_uuid, report_uuid, statement_uuid, kind, reason, rule, seconds_open)
  values (
    case when answer_appeal.decision = 'reversed' then 'reverse' else 'uphold' end,
    viewer,
    report.uuid,
    appealed.uuid,
    appealed.kind,
    report.reason,
    appealed.rule,
    extract(epoch from now() - appealed.appealed_at)::integer
  );

  return query
  select
    (select author.handle from users author where author.uuid = appealed.user_uuid),
    targets,
    nudges_to(array[appealed.user_uuid], null);
end
$$;

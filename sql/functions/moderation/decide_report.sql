-- Decides about a report and all other open ones of its subject, once. Returns the pages to purge, with the author's handle (null:
-- their account is deleted), whom to nudge, and the conversation of a deleted message. `action`: dismiss, warn (add `warning` to
-- the activity), delete, or suspend its author until `suspended_until` (text; `infinity`: for good). Except for a dismissal the
-- author gets a statement of reasons; each reporter gets an answer. A dismissal removes the sealed copies; else they stay until
-- nobody can appeal any more (has_sealed_copy_expired).
-- CR414: there is no such report. CR45D: it is decided or closed. CR45I: the action does not fit what was reported, or it is the
-- viewer's own.
create or replace function decide_report(
  viewer_sub text, report_uuid uuid, action text, warning text, suspended_until text, rule text, statement text
)
returns table (handle text, purge_targets json, nudged json, conversation_uuid uuid)
language plpgsql security definer
as $$
declare
  viewer constant uuid := find_viewer(decide_report.viewer_sub);
  decided reports;
  ended activities;
  targets json := '[]';
  decision_uuid uuid;
  reporter record;
  recipients uuid[] := '{}';
  conversation uuid;
begin
  decided := lock_reports_of_subject(decide_report.report_uuid);
  if decided.state <> 'open' then
    raise exception using errcode = 'CR45D', message = 'the report is decided';
  end if;
  if decided.author_uuid = viewer
    or (decide_report.action = 'warn' and decided.kind <> 'activity')
    or (decide_report.action = 'delete' and decided.kind = 'user')
  then
    raise exception using errcode = 'CR45I', message = 'the decision does not fit the report';
  end if;

  if decide_report.action <> 'dismiss' then
    insert into statements as written (
      user_uuid, moderator_uuid, kind, subject_uuid, action, warning, suspended_until, rule, statement
    )
    select
      person.uuid,
      viewer,
      decided.kind,
      decided.subject_uuid,
      decide_report.action,
      decide_report.warning,
      decide_report.suspended_until::timestamptz,
      decide_report.rule,
      decide_report.statement
    from users person
    where person.uuid = decided.author_uuid
    returning written.uuid into decision_uuid;
    perform notify_of_decision(decided.author_uuid, 'statement', decision_uuid::text);
    recipients := recipients || decided.author_uuid;
  end if;

  if decide_report.action = 'suspend' then
    targets := purge_targets_of_user(decided.author_uuid);
    perform set_suspension(decided.author_uuid);
  elsif decide_report.action = 'delete' and decided.kind = 'message' then
    select sent.message_group_uuid into conversation from messages sent where sent.uuid = decided.subject_uuid;
    perform end_message(decided.subject_uuid);
  elsif decide_report.action in ('warn', 'delete') then
    ended := lock_activity(decided.subject_uuid);
    if ended.uuid is not null then
      targets := purge_targets(ended.uuid);
      if decide_report.action = 'delete' then
        perform end_activity(ended);
      else
        update activities warned set warning = decide_report.warning where warned.uuid = ended.uuid;
      end if;
    end if;
  end if;

  for reporter in
    update reports report
    set state = 'decided',
        decision = decide_report.action,
        rule = decide_report.rule,
        statement_uuid = decision_uuid,
        decided_at = now(),
        sealed_copy = case when decide_report.action <> 'dismiss' then report.sealed_copy end
    where report.subject_uuid = decided.subject_uuid and report.state = 'open'
    returning report.reporter_uuid as uuid, report.reference
  loop
    perform notify_of_decision(reporter.uuid, 'report', reporter.reference);
    recipients := recipients || reporter.uuid;
  end loop;

  insert into moderation_log (action, moderator_uuid, report_uuid, statement_uuid, kind, reason, rule, seconds_open)
  values (
    decide_report.action,
    viewer,
    decided.uuid,
    decision_uuid,
    decided.kind,
    decided.reason,
    decide_report.rule,
    extract(epoch from now() - decided.created_at)::integer
  );

  return query
  select
    (select author.handle from users author where author.uuid = decided.author_uuid),
    targets,
    nudges_to(recipients, null),
    conversation;
end
$$;

-- Returns a statement of reasons as JSON of the API (statement in worker/contract/statement.ts).
create or replace function statement_json(written statements) returns json
language sql stable
return case when written.uuid is not null then json_build_object(
  'uuid', written.uuid,
  'kind', written.kind,
  'subject_uuid', written.subject_uuid,
  'action', written.action,
  'warning', written.warning,
  'suspended_until', case when isfinite(written.suspended_until) then iso(written.suspended_until) end,
  'rule', written.rule,
  'statement', written.statement,
  'automated', false,
  'created_at', iso(written.created_at),
  'undone_at', iso(written.undone_at),
  'appealed_at', iso(written.appealed_at),
  'appeal_decision', written.appeal_decision,
  'appeal_answer', written.appeal_answer,
  'answered_at', iso(written.answered_at),
  'can_appeal_until', case when written.appealed_at is null and written.undone_at is null
    and written.created_at > now() - interval '14 days' then iso(written.created_at + interval '14 days') end
) end;

-- Returns reports as the queue shows them (report in worker/contract/moderation.ts), without what was reported. `author` is null
-- once their account is deleted. Select one by its uuid, in a lateral with limit 1.
create or replace function report_cards() returns table (uuid uuid, report json)
language sql stable
as $$
  select
    report.uuid,
    json_build_object(
      'uuid', report.uuid,
      'reference', report.reference,
      'kind', report.kind,
      'subject_uuid', report.subject_uuid,
      'author', (select row_to_json(author) from shown_users() author where author.uuid = report.author_uuid),
      'reporter', (select row_to_json(reporter) from shown_users() reporter where reporter.uuid = report.reporter_uuid),
      'reason', report.reason,
      'state', report.state,
      'decision', report.decision,
      'rule', report.rule,
      'created_at', iso(report.created_at),
      'decided_at', iso(report.decided_at),
      'is_live', case report.kind
        when 'activity' then exists (
          select from visible_activities(null) shown where shown.uuid = report.subject_uuid
          union all
          select from activities limited
          where limited.uuid = report.subject_uuid and limited.expires_at > now() and limited.audience <> 'everyone'
        )
        when 'message' then exists (
          select from messages message where message.uuid = report.subject_uuid and message.expires_at > now()
        )
        else exists (select from users person where person.uuid = report.subject_uuid)
      end,
      'audience', (
        select activity.audience from activities activity where activity.uuid = report.subject_uuid and activity.expires_at > now()
      ),
      'reports_count', (
        select count(*)::integer from reports same where same.subject_uuid = report.subject_uuid
      ),
      'author_reports_count', (
        select count(*)::integer from reports other where other.author_uuid = report.author_uuid
      ),
      'has_open_appeal', exists (
        select from statements appealed
        where appealed.uuid = report.statement_uuid and appealed.appealed_at is not null and appealed.answered_at is null
      )
    )
  from reports report
$$;

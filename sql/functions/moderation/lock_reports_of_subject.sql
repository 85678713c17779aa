-- Locks a report with all others of the same subject, in order of uuid, and returns it: two moderators who decide about one subject
-- wait for each other. CR414: there is no such report.
create or replace function lock_reports_of_subject(report_uuid uuid) returns reports
language plpgsql
as $$
declare
  locked reports;
begin
  perform from reports report
  where report.subject_uuid = (select one.subject_uuid from reports one where one.uuid = lock_reports_of_subject.report_uuid)
  order by report.uuid
  for no key update;

  select report.* into locked from reports report where report.uuid = lock_reports_of_subject.report_uuid;
  if not found then
    raise exception using errcode = 'CR414', message = 'there is no such report';
  end if;
  return locked;
end
$$;

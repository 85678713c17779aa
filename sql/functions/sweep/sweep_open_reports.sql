-- Closes reports that nobody has decided within 16 days, removes their sealed copies and notifies the reporters. Returns the number
-- of closed reports.
create or replace function sweep_open_reports(batch_size integer) returns table (count integer)
language plpgsql security definer
as $$
declare
  closed record;
begin
  count := 0;
  for closed in
    update reports report
    set state = 'closed', decided_at = now(), sealed_copy = null
    where report.uuid = any (array(
      select due.uuid
      from reports due
      where due.state = 'open' and due.created_at <= now() - interval '16 days'
      limit sweep_open_reports.batch_size
      for update skip locked
    ))
    returning report.*
  loop
    perform notify_of_decision(closed.reporter_uuid, 'report', closed.reference);
    insert into moderation_log (action, report_uuid, kind, reason) values ('close', closed.uuid, closed.kind, closed.reason);
    count := count + 1;
  end loop;
  return next;
end
$$;

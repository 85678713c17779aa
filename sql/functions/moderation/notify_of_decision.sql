-- Notifies a user of a decision: kind `report` for the reporter, `statement` for the user it is about. A later decision on the same
-- notifies again.
create or replace function notify_of_decision(recipient uuid, kind text, reference text) returns void
language plpgsql
as $$
begin
  insert into notifications (recipient_uuid, kind, reference)
  select person.uuid, notify_of_decision.kind, notify_of_decision.reference
  from users person
  where person.uuid = notify_of_decision.recipient
  on conflict on constraint notifications__once do update
  set uuid = uuidv7(), created_at = now(), read_at = null;
end
$$;

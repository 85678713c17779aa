-- Notifies a user of a decision: the reporter (kind `report`) or the author (kind `statement`). `reference` names the report or the
-- statement. If the user was notified of the same before, that notification becomes the newest, and unread. Null users are skipped.
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

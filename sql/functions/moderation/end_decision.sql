-- Undoes what a decision did: ends its suspension, or removes its warning, also if the author has rewritten the activity since.
-- What was deleted stays deleted. Marks its statement as undone, notifies the author, and returns the pages to purge.
create or replace function end_decision(undone statements) returns json
language plpgsql
as $$
declare
  targets json := '[]';
  warned activities;
begin
  update statements written set undone_at = now() where written.uuid = undone.uuid;
  if undone.action = 'suspend' then
    perform set_suspension(undone.user_uuid);
    targets := purge_targets_of_user(undone.user_uuid);
  elsif undone.action = 'warn' then
    warned := lock_activity(coalesce(
      (
        select newest.uuid
        from activities newest
        where newest.replaced_uuids is not null and newest.replaced_uuids @> array[undone.subject_uuid]
        limit 1
      ),
      undone.subject_uuid
    ));
    if warned.warning = undone.warning then
      targets := purge_targets(warned.uuid);
      update activities activity set warning = null where activity.uuid = warned.uuid;
    end if;
  end if;
  perform notify_of_decision(undone.user_uuid, 'statement', undone.uuid::text);
  return targets;
end
$$;

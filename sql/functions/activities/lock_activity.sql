-- Locks an activity with its parent, whose reply count changes with it, and returns it; null if it has expired or was deleted.
-- Locks the parent first, as lock_own_activity does.
create or replace function lock_activity(activity_uuid uuid) returns activities
language plpgsql
as $$
declare
  locked activities;
begin
  perform from activities parent
  where parent.uuid = (
    select reply.reply_to_activity_uuid from activities reply where reply.uuid = lock_activity.activity_uuid
  )
  for no key update;

  select activity.* into locked
  from activities activity
  where activity.uuid = lock_activity.activity_uuid and activity.expires_at > now()
  for no key update;
  return locked;
end
$$;

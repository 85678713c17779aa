-- Locks an activity for a write that hangs on it or counts on it, and returns it. Whoever deletes, sweeps, likes, reposts or
-- replies locks the same row first. CR410: the viewer may not see it.
create or replace function lock_visible_activity(viewer uuid, activity_uuid uuid) returns activities
language plpgsql
as $$
declare
  locked activities;
begin
  select activity.* into locked
  from activities activity
  where activity.uuid = lock_visible_activity.activity_uuid
  for no key update;

  -- Looked at after the lock: it may have been blocked, deleted or have expired while this waited.
  if not exists (
    select from visible_activities(lock_visible_activity.viewer) visible where visible.uuid = locked.uuid
  ) then
    raise exception using errcode = 'CR410', message = 'the activity is not visible';
  end if;
  return locked;
end
$$;

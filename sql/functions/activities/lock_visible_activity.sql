-- Locks an activity for a write that refers to it or changes its counts, and returns it. Deletes, sweeps, likes, reposts and
-- replies lock this row first. CR410: the viewer may not see it.
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

  -- Check after locking: it may have been hidden, deleted or have expired while this waited.
  if not exists (
    select from visible_activities(lock_visible_activity.viewer) visible where visible.uuid = locked.uuid
  ) then
    raise exception using errcode = 'CR410', message = 'the activity is not visible';
  end if;
  return locked;
end
$$;

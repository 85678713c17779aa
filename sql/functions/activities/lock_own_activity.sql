-- Locks the viewer's own activity for deletion, and returns it. Locks its parent first, whose reply count will change: replies to
-- the parent and its deletion lock in the same order. CR410: the viewer may not see it. CR403: it is another user's.
create or replace function lock_own_activity(viewer uuid, activity_uuid uuid) returns activities
language plpgsql
as $$
declare
  locked activities;
begin
  perform from activities parent
  where parent.uuid = (
    select reply.reply_to_activity_uuid from activities reply where reply.uuid = lock_own_activity.activity_uuid
  )
  for no key update;

  locked := lock_visible_activity(lock_own_activity.viewer, lock_own_activity.activity_uuid);
  if locked.user_uuid <> lock_own_activity.viewer then
    raise exception using errcode = 'CR403', message = 'the activity is another user''s';
  end if;
  return locked;
end
$$;

-- Removes the viewer's like of an activity and withdraws its notification, and returns the activity's card after the change. A trigger
-- updates the count. CR410: the viewer may not see the activity.
create or replace function unlike_activity(viewer_sub text, activity_uuid uuid) returns table (activity json)
language plpgsql security definer
as $$
declare
  viewer constant uuid := find_viewer(unlike_activity.viewer_sub);
  liked activities;
begin
  liked := lock_visible_activity(viewer, unlike_activity.activity_uuid);

  delete from likes
  where likes.activity_uuid = liked.uuid and likes.user_uuid = viewer;

  if found then
    update notifications
    set withdrawn_at = now(), read_at = coalesce(notifications.read_at, now())
    where notifications.recipient_uuid = liked.user_uuid
      and notifications.actor_uuid = viewer
      and notifications.kind = 'like'
      and notifications.activity_uuid = liked.uuid;
  end if;

  return query
  select cards.activity from activity_cards(viewer) cards where cards.uuid = liked.uuid;
end
$$;

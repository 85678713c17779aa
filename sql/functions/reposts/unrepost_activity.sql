-- Removes the viewer's repost of an activity with its feed item, withdraws its notification, and returns the activity's card after
-- the change. A trigger updates the count. CR410: the viewer may not see the activity.
create or replace function unrepost_activity(viewer_sub text, activity_uuid uuid) returns table (activity json)
language plpgsql security definer
as $$
declare
  viewer constant uuid := find_viewer(unrepost_activity.viewer_sub);
  reposted activities;
begin
  reposted := lock_visible_activity(viewer, unrepost_activity.activity_uuid);

  delete from reposts
  where reposts.activity_uuid = reposted.uuid and reposts.user_uuid = viewer;

  if found then
    delete from feed_items
    where feed_items.activity_uuid = reposted.uuid
      and feed_items.actor_uuid = viewer
      and feed_items.kind = 'repost';

    update notifications
    set withdrawn_at = now(), read_at = coalesce(notifications.read_at, now())
    where notifications.recipient_uuid = reposted.user_uuid
      and notifications.actor_uuid = viewer
      and notifications.kind = 'repost'
      and notifications.activity_uuid = reposted.uuid;
  end if;

  return query
  select cards.activity from activity_cards(viewer) cards where cards.uuid = reposted.uuid;
end
$$;

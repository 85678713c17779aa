-- Likes an activity, notifies its author, and returns its card after the change and whom to nudge. Idempotent. A trigger updates
-- the count. CR410: the viewer may not see the activity.
create or replace function like_activity(viewer_sub text, activity_uuid uuid) returns table (activity json, nudged json)
language plpgsql security definer
as $$
declare
  viewer constant uuid := find_viewer(like_activity.viewer_sub);
  liked activities;
  nudges json := '[]';
begin
  liked := lock_visible_activity(viewer, like_activity.activity_uuid);

  insert into likes (user_uuid, activity_uuid)
  values (viewer, liked.uuid)
  on conflict on constraint likes__pair do nothing;

  if found and liked.user_uuid <> viewer then
    insert into notifications (recipient_uuid, actor_uuid, kind, activity_uuid)
    values (liked.user_uuid, viewer, 'like', liked.uuid)
    -- Liked before: the notification comes back as it was, and does not notify again.
    on conflict on constraint notifications__once do update set withdrawn_at = null;
    nudges := nudges_to(array[liked.user_uuid], viewer);
  end if;

  return query
  select cards.activity, nudges from activity_cards(viewer) cards where cards.uuid = liked.uuid;
end
$$;

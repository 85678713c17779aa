-- Reposts an activity to the feeds of the viewer's followers, notifies its author, and returns its card after the change and whom
-- to nudge. Idempotent. A trigger updates the count. CR410: the viewer may not see the activity. CR42R: it is not for everyone.
create or replace function repost_activity(viewer_sub text, activity_uuid uuid) returns table (activity json, nudged json)
language plpgsql security definer
as $$
declare
  viewer constant uuid := find_viewer(repost_activity.viewer_sub);
  reposted activities;
  nudges json := '[]';
begin
  reposted := lock_visible_activity(viewer, repost_activity.activity_uuid);

  if reposted.audience <> 'everyone' then
    raise exception using errcode = 'CR42R', message = 'the activity is not for everyone';
  end if;

  insert into reposts (user_uuid, activity_uuid)
  values (viewer, reposted.uuid)
  on conflict on constraint reposts__pair do nothing;

  if found then
    insert into feed_items (actor_uuid, activity_uuid, kind)
    values (viewer, reposted.uuid, 'repost')
    on conflict on constraint feed_items__once do nothing;

    if reposted.user_uuid <> viewer then
      insert into notifications (recipient_uuid, actor_uuid, kind, activity_uuid)
      values (reposted.user_uuid, viewer, 'repost', reposted.uuid)
      -- Reposted before: the notification comes back as it was, and does not notify again.
      on conflict on constraint notifications__once do update set withdrawn_at = null;
      nudges := nudges_to(array[reposted.user_uuid], viewer);
    end if;
  end if;

  return query
  select cards.activity, nudges from activity_cards(viewer) cards where cards.uuid = reposted.uuid;
end
$$;

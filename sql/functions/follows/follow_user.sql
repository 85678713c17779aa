-- Follows a user, or asks to if they approve followers; notifies them, and returns their profile after the change and whom to
-- nudge. Idempotent. Triggers update the counts of both. A message request of the followed user moves to the viewer's inbox. No
-- row: unknown handle, or one of the two has blocked the other. Errors of limits: spend_daily_limit.
create or replace function follow_user(viewer_sub text, handle text) returns table (profile json, nudged json)
language plpgsql security definer
as $$
declare
  viewer constant uuid := find_viewer(follow_user.viewer_sub);
  followed uuid;
  is_request boolean;
  nudges json := '[]';
begin
  perform lock_users(viewer, find_user(follow_user.handle));

  -- Check after locking: one of the two may have blocked the other or deleted the account while this waited.
  followed := find_user_unless_hidden(viewer, follow_user.handle);
  if followed is null then
    return;
  end if;

  is_request := (select person.approves_followers from users person where person.uuid = followed)
    and not exists (select from follows where follows.follower_uuid = viewer and follows.followed_uuid = followed);
  if is_request then
    insert into follow_requests (follower_uuid, followed_uuid)
    values (viewer, followed)
    on conflict on constraint follow_requests__pair do nothing;
  else
    insert into follows (follower_uuid, followed_uuid)
    values (viewer, followed)
    on conflict on constraint follows__pair do nothing;
  end if;

  if found then
    perform spend_daily_limit(viewer, 'follow', 1);
    if not is_request then
      perform accept_messages_from(followed, array[viewer]);
    end if;
    insert into notifications (recipient_uuid, actor_uuid, kind)
    values (followed, viewer, case when is_request then 'follow_request' else 'follow' end)
    -- Followed before: the notification comes back as it was, and does not notify again.
    on conflict on constraint notifications__once do update set withdrawn_at = null;
    nudges := nudges_to(array[followed], viewer);
  end if;

  return query
  select profiles.profile, nudges from user_profiles(viewer) profiles where profiles.uuid = followed;
end
$$;

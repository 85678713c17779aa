-- Deletes one user's follow of another, or the request for it, and withdraws its notification. Triggers update the counts of both.
-- The caller has locked both users.
create or replace function end_follow(follower uuid, followed uuid) returns void
language plpgsql
as $$
begin
  delete from follows
  where follows.follower_uuid = end_follow.follower and follows.followed_uuid = end_follow.followed;

  delete from follow_requests
  where follow_requests.follower_uuid = end_follow.follower and follow_requests.followed_uuid = end_follow.followed;

  update notifications
  set withdrawn_at = now(), read_at = coalesce(notifications.read_at, now())
  where notifications.recipient_uuid = end_follow.followed
    and notifications.actor_uuid = end_follow.follower
    and notifications.kind in ('follow', 'follow_request');
end
$$;

-- Ends what one user is to another as a follower, a follow or a request of one, with its notification. The counters of both move by
-- trigger. Both are locked.
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

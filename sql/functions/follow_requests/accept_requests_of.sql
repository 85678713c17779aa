-- Turns requests to follow a user into follows. The user gets notifications of them, already read. Triggers update the counts. The
-- caller has locked all these users.
create or replace function accept_requests_of(followed uuid, followers uuid[]) returns void
language plpgsql
as $$
declare
  accepted uuid[];
begin
  with accepted_request as (
    delete from follow_requests request
    where request.followed_uuid = accept_requests_of.followed
      and request.follower_uuid = any (accept_requests_of.followers)
    returning request.follower_uuid
  )
  select array_agg(accepted_request.follower_uuid) into accepted from accepted_request;

  insert into follows (follower_uuid, followed_uuid, approved_at)
  select follower.uuid, accept_requests_of.followed, now()
  from unnest(accepted) follower (uuid)
  order by follower.uuid
  on conflict on constraint follows__pair do nothing;

  perform accept_messages_from(accept_requests_of.followed, accepted);

  delete from notifications
  where notifications.recipient_uuid = accept_requests_of.followed
    and notifications.actor_uuid = any (accepted)
    and notifications.kind = 'follow_request';

  insert into notifications (recipient_uuid, actor_uuid, kind, read_at)
  select accept_requests_of.followed, follower.uuid, 'follow', now()
  from unnest(accepted) follower (uuid)
  on conflict on constraint notifications__once do update set withdrawn_at = null;
end
$$;

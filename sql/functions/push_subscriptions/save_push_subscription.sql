-- Stores a browser's push subscription for the viewer, until the session ends (session_hash). Idempotent. If another user has the
-- same endpoint with the same keys, the subscription becomes the viewer's: both use this browser. With other keys nothing is
-- stored, so that knowing an endpoint is not enough to take it over. A user has 10 at most; the oldest are deleted.
create or replace function save_push_subscription(
  viewer_sub text,
  session_hash text,
  endpoint text,
  p256dh text,
  auth text
)
returns void
language plpgsql security definer
as $$
declare
  viewer constant uuid := find_viewer(save_push_subscription.viewer_sub);
begin
  -- Two concurrent calls for a user must see each other's rows, or more than 10 would stay.
  perform from users where users.uuid = viewer for no key update;

  insert into push_subscriptions as known (user_uuid, session_uuid, endpoint, p256dh, auth)
  select
    viewer,
    session.uuid,
    save_push_subscription.endpoint,
    save_push_subscription.p256dh,
    save_push_subscription.auth
  from sessions session
  where session.hash = save_push_subscription.session_hash and session.user_uuid = viewer and session.ended_at is null
  on conflict on constraint push_subscriptions__endpoint do update
  set
    user_uuid = excluded.user_uuid,
    session_uuid = excluded.session_uuid,
    p256dh = excluded.p256dh,
    auth = excluded.auth
  where (known.user_uuid, known.session_uuid, known.p256dh, known.auth)
      is distinct from (excluded.user_uuid, excluded.session_uuid, excluded.p256dh, excluded.auth)
    and (known.user_uuid = excluded.user_uuid or (known.p256dh, known.auth) = (excluded.p256dh, excluded.auth));

  delete from push_subscriptions oldest
  where oldest.uuid = any (array(
    select subscription.uuid
    from push_subscriptions subscription
    where subscription.user_uuid = viewer
    order by subscription.uuid desc
    offset 10
  ));
end
$$;

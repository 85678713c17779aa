-- Returns what to push to a user (pushPayload in worker/contract/push.ts), with the subscriptions of their live sessions; null if
-- they have none. `about`: the uuid or reference of the activity, conversation, report or statement.
create or replace function push_to(recipient uuid, kind text, actor uuid, about text, expires_at timestamptz) returns json
language sql stable
as $$
  select json_build_object(
    'payload', json_build_object(
      'kind', push_to.kind,
      'actor', (select author.handle from users author where author.uuid = push_to.actor),
      'uuid', push_to.about,
      'expires_at', iso(push_to.expires_at)
    ),
    'subscriptions', json_agg(json_build_object(
      'uuid', subscription.uuid,
      'endpoint', subscription.endpoint,
      'keys', json_build_object('p256dh', subscription.p256dh, 'auth', subscription.auth)
    ))
  )
  from push_subscriptions subscription
  join sessions session on session.uuid = subscription.session_uuid
  join users member on member.uuid = subscription.user_uuid
  where subscription.user_uuid = push_to.recipient
    and not has_session_ended(extract(epoch from session.created_at)::bigint, member, session)
  having count(*) > 0
$$;

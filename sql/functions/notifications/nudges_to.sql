-- Returns the recipients of notifications written by this transaction, but not if they muted the actor: [{user_uuid, push}].
-- `push` is what to push to their browsers (push_to). It is null if the recipient has no push subscription, does not see the
-- notification (visible_notifications), or got it before it was withdrawn, since nobody is notified twice.
create or replace function nudges_to(recipients uuid[], actor uuid) returns json
language sql stable
as $$
  select coalesce(json_agg(json_build_object(
    'user_uuid', recipient.uuid,
    -- `case` skips the rest for users without a subscription.
    'push', case when exists (select from push_subscriptions where push_subscriptions.user_uuid = recipient.uuid) then (
      select push_to(
        recipient.uuid,
        seen.kind,
        seen.actor_uuid,
        coalesce(seen.activity_uuid::text, seen.reference),
        seen.expires_at
      )
      from (
        select notification.uuid, notification.created_at
        from notifications notification
        where notification.recipient_uuid = recipient.uuid
        order by notification.uuid desc
        -- Concurrent transactions may have written newer notifications.
        limit 20
      ) newest
      cross join lateral (
        select visible.kind, visible.actor_uuid, visible.activity_uuid, visible.reference, visible.expires_at
        from visible_notifications(recipient.uuid) visible
        where visible.uuid = newest.uuid
        -- Makes Postgres look it up by its key.
        limit 1
      ) seen
      -- now() is the start of the transaction: only the notification that this one wrote.
      where newest.created_at = now()
      limit 1
    ) end
  )), '[]')
  from (select distinct listed.uuid from unnest(nudges_to.recipients) listed (uuid)) recipient
  where recipient.uuid is not null
    and not exists (select from muted_users(recipient.uuid) muted where muted.uuid = nudges_to.actor)
$$;

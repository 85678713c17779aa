-- Returns the recipients of notifications just written, without those who muted their actor: [{user_uuid, push}]. push: what to push
-- to their browsers (push_to). It is null if they have none, do not see the notification (visible_notifications), or if it came back
-- after it was withdrawn, since nobody is notified twice.
create or replace function nudges_to(recipients uuid[], actor uuid) returns json
language sql stable
as $$
  select coalesce(json_agg(json_build_object(
    'user_uuid', recipient.uuid,
    -- `case` spares all who have no browser the rest.
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
        -- What others write at the same time may be newer.
        limit 20
      ) newest
      cross join lateral (
        select visible.kind, visible.actor_uuid, visible.activity_uuid, visible.reference, visible.expires_at
        from visible_notifications(recipient.uuid) visible
        where visible.uuid = newest.uuid
        -- Makes Postgres look it up by its key.
        limit 1
      ) seen
      -- Of this transaction.
      where newest.created_at = now()
      limit 1
    ) end
  )), '[]')
  from (select distinct listed.uuid from unnest(nudges_to.recipients) listed (uuid)) recipient
  where recipient.uuid is not null
    and not exists (select from muted_users(recipient.uuid) muted where muted.uuid = nudges_to.actor)
$$;

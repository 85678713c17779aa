-- Returns the viewer's live notifications, without those caused by hidden or muted users. A notification expires with its activity;
-- without an activity, after 30 days.
create or replace function visible_notifications(viewer uuid) returns table (
  uuid uuid,
  actor_uuid uuid,
  kind text,
  activity_uuid uuid,
  reference text,
  read_at timestamptz,
  created_at timestamptz,
  expires_at timestamptz
)
language sql stable
as $$
  select
    notification.uuid,
    notification.actor_uuid,
    notification.kind,
    notification.activity_uuid,
    notification.reference,
    notification.read_at,
    notification.created_at,
    coalesce(about.expires_at, notification.created_at + interval '30 days')
  from notifications notification
  -- limit 1 makes Postgres look up each activity by its key.
  left join lateral (
    select activity.expires_at
    from visible_activities(visible_notifications.viewer) activity
    where activity.uuid = notification.activity_uuid
    limit 1
  ) about on true
  where notification.recipient_uuid = visible_notifications.viewer
    and notification.withdrawn_at is null
    and (
      about.expires_at is not null
      or (notification.activity_uuid is null and notification.created_at > now() - interval '30 days')
    )
    and (
      notification.actor_uuid is null
      or (
        notification.actor_uuid <> all (array(select hidden.uuid from hidden_users(visible_notifications.viewer) hidden))
        and notification.actor_uuid <> all (array(select muted.uuid from muted_users(visible_notifications.viewer) muted))
      )
    )
$$;

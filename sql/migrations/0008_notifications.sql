-- What others did that concerns a person. A notification ends with its crud, a follow's after 30 days.

create table notifications (
  uuid uuid not null default uuidv7(),
  recipient_uuid uuid not null,
  actor_uuid uuid not null,
  kind text not null,
  activity_uuid uuid,
  read_at timestamptz,
  created_at timestamptz not null default now(),
  constraint notifications__uuid primary key (uuid),
  constraint notifications__recipient foreign key (recipient_uuid) references users (uuid) on delete cascade,
  constraint notifications__actor foreign key (actor_uuid) references users (uuid) on delete cascade,
  constraint notifications__activity foreign key (activity_uuid) references activities (uuid) on delete cascade,
  constraint notifications__once unique nulls not distinct (recipient_uuid, actor_uuid, kind, activity_uuid),
  constraint notifications__kind check (kind in ('reply', 'like', 'repost', 'follow', 'mention')),
  constraint notifications__about check ((kind = 'follow') = (activity_uuid is null)),
  constraint notifications__not_self check (recipient_uuid <> actor_uuid)
);

comment on table notifications is 'What somebody did that concerns the recipient; never one''s own doing.';
comment on column notifications.activity_uuid is 'The crud that it is about: for a reply or a mention the one that says it.';

create index notifications__by_recipient on notifications (recipient_uuid, uuid desc);
create index notifications__by_activity on notifications (activity_uuid) where activity_uuid is not null;
create index notifications__follows_by_age on notifications (created_at) where kind = 'follow';
create index notifications__by_actor on notifications (actor_uuid);

-- Those that still count, as their recipient sees them; ends_at is when one goes by itself.
create function live_notifications(viewer uuid) returns table (
  uuid uuid,
  actor_uuid uuid,
  kind text,
  activity_uuid uuid,
  read_at timestamptz,
  created_at timestamptz,
  ends_at timestamptz
)
language sql stable parallel safe
as $$
  select
    notification.uuid,
    notification.actor_uuid,
    notification.kind,
    notification.activity_uuid,
    notification.read_at,
    notification.created_at,
    coalesce(activity.expires_at, notification.created_at + interval '30 days')
  from notifications notification
  left join live_activities(live_notifications.viewer) activity on activity.uuid = notification.activity_uuid
  where notification.recipient_uuid = live_notifications.viewer
    and (
      activity.uuid is not null
      or (notification.kind = 'follow' and notification.created_at > now() - interval '30 days')
    )
    and not is_blocked(live_notifications.viewer, notification.actor_uuid)
    and not is_muted(live_notifications.viewer, notification.actor_uuid)
$$;

-- A time as the API writes it, for those inside JSON: ISO 8601 with Z, in milliseconds.
create function iso(at timestamptz) returns text
language sql stable parallel safe
return to_char(at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"');

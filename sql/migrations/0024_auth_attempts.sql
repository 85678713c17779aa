-- Guesses at an account are counted by account and network, and its owner is notified of many of them.

create table auth_attempts (
  hash text not null,
  count integer not null,
  ends_at timestamptz not null,
  constraint auth_attempts__hash primary key (hash)
);

comment on table auth_attempts is 'Tries of passwords and codes, mailed codes and sign-ups of late; a row is swept once its window has ended.';
comment on column auth_attempts.hash is 'SHA-256 of the quota''s name and of whom it counts for: an account, a network, a device.';
comment on column auth_attempts.count is 'Tries since the window was opened by the first of them.';
comment on column auth_attempts.ends_at is 'When the window ends and counting begins anew.';

create index auth_attempts__by_end on auth_attempts (ends_at);

comment on table attempts is 'Superseded by auth_attempts; versions before that table still count here.';

-- A notification of kind security has no actor: nobody knows who it was.
alter table notifications
  alter column actor_uuid drop not null,
  drop constraint notifications__kind,
  drop constraint notifications__about,
  add constraint notifications__kind check (kind in ('reply', 'like', 'repost', 'follow', 'mention', 'security')),
  add constraint notifications__about check ((kind in ('follow', 'security')) = (activity_uuid is null)),
  add constraint notifications__anonymous check ((kind = 'security') = (actor_uuid is null));
comment on table notifications is 'What concerns the recipient: what somebody did (never one''s own doing), or many failed tries to sign in.';
comment on column notifications.actor_uuid is 'Who did it; null for kind security.';

create index notifications__without_activity_by_age on notifications (created_at) where activity_uuid is null;
drop index notifications__follows_by_age;

create index users__by_email on users (lower(email));

-- As in 0014_live_views; whatever has no activity ends after 30 days.
create or replace function live_notifications(viewer uuid) returns table (
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
    ending.at
  from notifications notification
  cross join lateral (
    select case
      when notification.activity_uuid is null then notification.created_at + interval '30 days'
      else (
        select activity.expires_at
        from live_activities(live_notifications.viewer) activity
        where activity.uuid = notification.activity_uuid
      )
    end as at
  ) ending
  where notification.recipient_uuid = live_notifications.viewer
    and ending.at > now()
    and coalesce((
      select false from hidden_people(live_notifications.viewer) hidden where hidden.uuid = notification.actor_uuid
    ), true)
    and coalesce((
      select false from mutes
      where mutes.muter_uuid = live_notifications.viewer
        and mutes.muted_uuid = notification.actor_uuid
        and mutes.ends_at > now()
    ), true)
$$;

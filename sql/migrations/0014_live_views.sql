-- The views through which cruds and notifications are read, written so that a page that is read in the order of an index
-- asks them row by row: a block or a mute costs two or three looks into an index a row, and none signed out.

-- The one way to read cruds: those that are alive, as the viewer may see them (null: signed out).
create or replace function live_activities(viewer uuid) returns setof activities
language sql stable parallel safe
as $$
  select activities.*
  from activities
  where activities.expires_at > now()
    and (
      live_activities.viewer is null
      or (
        coalesce((
          select false from blocks
          where blocks.blocker_uuid = live_activities.viewer and blocks.blocked_uuid = activities.user_uuid
        ), true)
        and coalesce((
          select false from blocks
          where blocks.blocker_uuid = activities.user_uuid and blocks.blocked_uuid = live_activities.viewer
        ), true)
      )
    )
$$;

-- What lists show: live cruds, without those of people whom the viewer has muted.
create or replace function listed_activities(viewer uuid) returns setof activities
language sql stable parallel safe
as $$
  select activity.*
  from live_activities(listed_activities.viewer) activity
  where listed_activities.viewer is null
    or coalesce((
      select false from mutes
      where mutes.muter_uuid = listed_activities.viewer
        and mutes.muted_uuid = activity.user_uuid
        and mutes.ends_at > now()
    ), true)
$$;

-- People between whom and the viewer there is a block, whoever has set it.
create function hidden_people(viewer uuid) returns table (uuid uuid)
language sql stable parallel safe
as $$
  select blocks.blocked_uuid from blocks where blocks.blocker_uuid = hidden_people.viewer
  union
  select blocks.blocker_uuid from blocks where blocks.blocked_uuid = hidden_people.viewer
$$;

-- The contract's shape of a crud. Replies end on their own: those that have are taken off the stored count at read.
create or replace function activity_cards(viewer uuid) returns table (
  uuid uuid,
  message text,
  created_at timestamptz,
  expires_at timestamptz,
  reply_to_activity_uuid uuid,
  reply_to_handle text,
  likes_count integer,
  reposts_count integer,
  replies_count integer,
  "user" json,
  viewer json
)
language sql stable parallel safe
as $$
  select
    activity.uuid,
    activity.message,
    activity.created_at,
    activity.expires_at,
    activity.reply_to_activity_uuid,
    (
      select answered.handle
      from live_activities(activity_cards.viewer) parent
      join users answered on answered.uuid = parent.user_uuid
      where parent.uuid = activity.reply_to_activity_uuid
    ),
    activity.likes_count,
    activity.reposts_count,
    case when activity.replies_held = 0 then 0 else activity.replies_held
      - (
        select count(*)
        from activities ended
        where ended.reply_to_activity_uuid = activity.uuid and ended.expires_at <= now()
      )
      - (
        select count(*)
        from hidden_people(activity_cards.viewer) hidden
        join live_activities(null) reply on reply.user_uuid = hidden.uuid
        where reply.reply_to_activity_uuid = activity.uuid
      )
    end::integer,
    user_card(author),
    case
      when activity_cards.viewer is null then null
      else json_build_object(
        'liked', exists (
          select from likes where likes.activity_uuid = activity.uuid and likes.user_uuid = activity_cards.viewer
        ),
        'reposted', exists (
          select from reposts where reposts.activity_uuid = activity.uuid and reposts.user_uuid = activity_cards.viewer
        )
      )
    end
  from live_activities(activity_cards.viewer) activity
  join users author on author.uuid = activity.user_uuid
$$;

-- Where the viewer's notifications are read: of live cruds, and of follows for 30 days.
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
      when notification.kind = 'follow' then notification.created_at + interval '30 days'
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

-- What one has not read, however much one has: for the number beside the bell, and for marking it as read.
create index notifications__unread on notifications (recipient_uuid, uuid desc) where read_at is null;

-- Cruds. Nothing is read but through live_activities, so nothing outlives its lifetime, whether or not it is swept.

create table activities (
  uuid uuid not null default uuidv7(),
  user_uuid uuid not null,
  message text not null,
  reply_to_activity_uuid uuid,
  root_uuid uuid not null,
  expires_at timestamptz not null,
  created_at timestamptz not null default now(),
  likes_count integer not null default 0,
  reposts_count integer not null default 0,
  constraint activities__uuid primary key (uuid),
  constraint activities__author foreign key (user_uuid) references users (uuid) on delete cascade,
  constraint activities__answers foreign key (reply_to_activity_uuid) references activities (uuid) on delete cascade,
  constraint activities__message_length check (message <> '' and octet_length(message) <= 10240),
  constraint activities__lifetime check (expires_at > created_at and expires_at <= created_at + interval '30 days'),
  constraint activities__root check ((reply_to_activity_uuid is null) = (root_uuid = uuid)),
  constraint activities__counts check (likes_count >= 0 and reposts_count >= 0)
);

comment on table activities is 'Cruds and replies; a reply ends no later than what it answers.';
comment on column activities.root_uuid is 'The crud that the thread began with; its own uuid when it answers nothing.';
comment on column activities.expires_at is 'From this instant on the crud is gone. Set by the database clock.';

create index activities__by_author on activities (user_uuid, uuid desc);
create index activities__by_parent on activities (reply_to_activity_uuid, uuid) where reply_to_activity_uuid is not null;
create index activities__by_end on activities (expires_at, uuid);

-- The one way to read cruds: those that are alive, as the viewer may see them (null: signed out).
create function live_activities(viewer uuid) returns setof activities
language sql stable parallel safe
as $$
  select activities.*
  from activities
  where activities.expires_at > now()
$$;

-- The contract's shape of a crud. Counts of replies are taken at read, since replies end on their own.
create function activity_cards(viewer uuid) returns table (
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
      from activities parent
      join users answered on answered.uuid = parent.user_uuid
      where parent.uuid = activity.reply_to_activity_uuid
    ),
    activity.likes_count,
    activity.reposts_count,
    (
      select count(*)::integer
      from live_activities(activity_cards.viewer) reply
      where reply.reply_to_activity_uuid = activity.uuid
    ),
    user_card(author),
    case
      when activity_cards.viewer is null then null
      else json_build_object('liked', false, 'reposted', false)
    end
  from live_activities(activity_cards.viewer) activity
  join users author on author.uuid = activity.user_uuid
$$;

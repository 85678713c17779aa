-- Who does not want to see whom. A block works both ways and ends follows; a mute is silent, may end, and is one's own.

create table blocks (
  blocker_uuid uuid not null,
  blocked_uuid uuid not null,
  created_at timestamptz not null default now(),
  constraint blocks__pair primary key (blocker_uuid, blocked_uuid),
  constraint blocks__blocker foreign key (blocker_uuid) references users (uuid) on delete cascade,
  constraint blocks__blocked foreign key (blocked_uuid) references users (uuid) on delete cascade,
  constraint blocks__not_self check (blocker_uuid <> blocked_uuid)
);

comment on table blocks is 'One row a block: neither of the two sees the other.';

create index blocks__by_blocked on blocks (blocked_uuid, blocker_uuid);

create table mutes (
  muter_uuid uuid not null,
  muted_uuid uuid not null,
  ends_at timestamptz not null default 'infinity',
  constraint mutes__pair primary key (muter_uuid, muted_uuid),
  constraint mutes__muter foreign key (muter_uuid) references users (uuid) on delete cascade,
  constraint mutes__muted foreign key (muted_uuid) references users (uuid) on delete cascade,
  constraint mutes__not_self check (muter_uuid <> muted_uuid)
);

comment on table mutes is 'One row a mute: the muter does not see the muted in lists, and the muted does not know.';
comment on column mutes.ends_at is 'infinity: until it is taken back.';

create index mutes__by_muted on mutes (muted_uuid);

-- Whether one of the two has blocked the other. False signed out.
create function is_blocked(viewer uuid, other uuid) returns boolean
language sql stable parallel safe
return exists (
  select from blocks
  where (blocks.blocker_uuid = viewer and blocks.blocked_uuid = other)
     or (blocks.blocker_uuid = other and blocks.blocked_uuid = viewer)
);

create function is_muted(viewer uuid, other uuid) returns boolean
language sql stable parallel safe
return exists (
  select from mutes
  where mutes.muter_uuid = viewer and mutes.muted_uuid = other and mutes.ends_at > now()
);

-- The one way to read cruds: those that are alive, as the viewer may see them (null: signed out).
create or replace function live_activities(viewer uuid) returns setof activities
language sql stable parallel safe
as $$
  select activities.*
  from activities
  where activities.expires_at > now()
    and (live_activities.viewer is null or not is_blocked(live_activities.viewer, activities.user_uuid))
$$;

-- What lists show: live cruds, without those of people whom the viewer has muted.
create function listed_activities(viewer uuid) returns setof activities
language sql stable parallel safe
as $$
  select activity.*
  from live_activities(listed_activities.viewer) activity
  where listed_activities.viewer is null or not is_muted(listed_activities.viewer, activity.user_uuid)
$$;

-- Likes, reposts and notifications. Triggers update the counts for every inserted and deleted row, also for deletes by cascade.

create table likes (
  uuid uuid not null default uuidv7(),
  user_uuid uuid not null,
  activity_uuid uuid not null,
  constraint likes__pair primary key (activity_uuid, user_uuid),
  constraint likes__user foreign key (user_uuid) references users (uuid) on delete cascade,
  constraint likes__activity foreign key (activity_uuid) references activities (uuid) on delete cascade
);

comment on table likes is 'One row per like; its uuid is its position in lists.';

create index likes__by_user on likes (user_uuid, uuid desc);
create index likes__by_activity on likes (activity_uuid, uuid desc);

create table reposts (
  uuid uuid not null default uuidv7(),
  user_uuid uuid not null,
  activity_uuid uuid not null,
  constraint reposts__pair primary key (activity_uuid, user_uuid),
  constraint reposts__user foreign key (user_uuid) references users (uuid) on delete cascade,
  constraint reposts__activity foreign key (activity_uuid) references activities (uuid) on delete cascade
);

comment on table reposts is 'One row per repost; its uuid is its position in lists. Its position in feeds is in feed_items.';

create index reposts__by_user on reposts (user_uuid, uuid desc);
create index reposts__by_activity on reposts (activity_uuid, uuid desc);

create function count_likes() returns trigger
language plpgsql
as $$
begin
  if tg_op = 'INSERT' then
    update activities set likes_count = likes_count + 1 where uuid = new.activity_uuid;
  else
    update activities set likes_count = likes_count - 1 where uuid = old.activity_uuid;
  end if;
  return null;
end
$$;

create trigger likes__count after insert or delete on likes
for each row execute function count_likes();

create function count_reposts() returns trigger
language plpgsql
as $$
begin
  if tg_op = 'INSERT' then
    update activities set reposts_count = reposts_count + 1 where uuid = new.activity_uuid;
  else
    update activities set reposts_count = reposts_count - 1 where uuid = old.activity_uuid;
  end if;
  return null;
end
$$;

create trigger reposts__count after insert or delete on reposts
for each row execute function count_reposts();

create table notifications (
  uuid uuid not null default uuidv7(),
  recipient_uuid uuid not null,
  actor_uuid uuid,
  kind text not null,
  activity_uuid uuid,
  read_at timestamptz,
  created_at timestamptz not null default now(),
  constraint notifications__uuid primary key (uuid),
  constraint notifications__recipient foreign key (recipient_uuid) references users (uuid) on delete cascade,
  constraint notifications__actor foreign key (actor_uuid) references users (uuid) on delete cascade,
  constraint notifications__activity foreign key (activity_uuid) references activities (uuid) on delete cascade,
  constraint notifications__once unique nulls not distinct (recipient_uuid, actor_uuid, kind, activity_uuid),
  constraint notifications__kind check (kind in ('reply', 'like', 'repost', 'follow', 'mention', 'security')),
  constraint notifications__about check ((kind in ('follow', 'security')) = (activity_uuid is null)),
  constraint notifications__anonymous check ((kind = 'security') = (actor_uuid is null)),
  constraint notifications__not_self check (recipient_uuid <> actor_uuid)
);

comment on table notifications is
  'Something another user did that concerns the recipient, or failed sign-ins. Expires with its activity, else after 30 days.';
comment on column notifications.actor_uuid is 'The user who did it; null for kind security.';
comment on column notifications.activity_uuid is 'The liked or reposted activity; for kind reply or mention the actor''s own activity.';

create index notifications__by_recipient on notifications (recipient_uuid, uuid desc);
create index notifications__unread on notifications (recipient_uuid, uuid desc) where read_at is null;
create index notifications__by_activity on notifications (activity_uuid) where activity_uuid is not null;
create index notifications__by_actor on notifications (actor_uuid);
create index notifications__without_activity_by_age on notifications (created_at) where activity_uuid is null;

-- See the end of 0004: a generic plan must suit users with many rows. A popular account has 10,000 unread notifications, which must
-- be read in index order and not sorted.
alter table likes
  alter column user_uuid set (n_distinct = -0.001),
  alter column activity_uuid set (n_distinct = -0.001);
alter table reposts
  alter column user_uuid set (n_distinct = -0.001),
  alter column activity_uuid set (n_distinct = -0.001);
alter table notifications alter column recipient_uuid set (n_distinct = -0.0001);

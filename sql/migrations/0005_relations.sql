-- Follows, blocks and mutes.

create table follows (
  follower_uuid uuid not null,
  followed_uuid uuid not null,
  created_at timestamptz not null default now(),
  constraint follows__pair primary key (follower_uuid, followed_uuid),
  constraint follows__follower foreign key (follower_uuid) references users (uuid) on delete cascade,
  constraint follows__followed foreign key (followed_uuid) references users (uuid) on delete cascade,
  constraint follows__not_self check (follower_uuid <> followed_uuid)
);

comment on table follows is 'One row per follow.';

create index follows__by_followed on follows (followed_uuid, follower_uuid);
-- See the end of 0004: a generic plan must suit users with many rows.
alter table follows
  alter column follower_uuid set (n_distinct = -0.001),
  alter column followed_uuid set (n_distinct = -0.001);

-- Updates the counts of both users, the lower uuid first, to avoid deadlocks of two users who follow each other at the same time.
create function count_follows() returns trigger
language plpgsql
as $$
declare
  pair follows := case tg_op when 'INSERT' then new else old end;
  change integer := case tg_op when 'INSERT' then 1 else -1 end;
  counted_uuid uuid;
begin
  foreach counted_uuid in array array[
    least(pair.follower_uuid, pair.followed_uuid),
    greatest(pair.follower_uuid, pair.followed_uuid)
  ] loop
    update users
    set followers_count = followers_count + case when counted_uuid = pair.followed_uuid then change else 0 end,
        following_count = following_count + case when counted_uuid = pair.follower_uuid then change else 0 end
    where uuid = counted_uuid;
  end loop;
  return null;
end
$$;

create trigger follows__count after insert or delete on follows
for each row execute function count_follows();

create table blocks (
  blocker_uuid uuid not null,
  blocked_uuid uuid not null,
  created_at timestamptz not null default now(),
  constraint blocks__pair primary key (blocker_uuid, blocked_uuid),
  constraint blocks__blocker foreign key (blocker_uuid) references users (uuid) on delete cascade,
  constraint blocks__blocked foreign key (blocked_uuid) references users (uuid) on delete cascade,
  constraint blocks__not_self check (blocker_uuid <> blocked_uuid)
);

comment on table blocks is 'One row per block: neither of the two sees the other.';

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

comment on table mutes is 'One row per mute: the muter''s lists omit the muted user, who is not notified.';
comment on column mutes.ends_at is 'infinity: without end.';

create index mutes__by_muted on mutes (muted_uuid);

-- Who sees whose cruds on their home feed.

create table follows (
  follower_uuid uuid not null,
  followed_uuid uuid not null,
  created_at timestamptz not null default now(),
  constraint follows__pair primary key (follower_uuid, followed_uuid),
  constraint follows__follower foreign key (follower_uuid) references users (uuid) on delete cascade,
  constraint follows__followed foreign key (followed_uuid) references users (uuid) on delete cascade,
  constraint follows__not_self check (follower_uuid <> followed_uuid)
);

comment on table follows is 'One row a follow.';

create index follows__by_followed on follows (followed_uuid, follower_uuid);

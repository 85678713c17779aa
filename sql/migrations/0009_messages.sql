-- Direct messages between two people. A message lives 30 days from sending.

create table message_groups (
  uuid uuid not null default uuidv7(),
  low_user_uuid uuid not null,
  high_user_uuid uuid not null,
  constraint message_groups__uuid primary key (uuid),
  constraint message_groups__pair unique (low_user_uuid, high_user_uuid),
  constraint message_groups__low foreign key (low_user_uuid) references users (uuid) on delete cascade,
  constraint message_groups__high foreign key (high_user_uuid) references users (uuid) on delete cascade,
  constraint message_groups__not_self check (low_user_uuid < high_user_uuid)
);

comment on table message_groups is 'Exactly one conversation for a pair of people, whoever began it.';

create index message_groups__by_high on message_groups (high_user_uuid);

create table message_group_members (
  message_group_uuid uuid not null,
  user_uuid uuid not null,
  last_read_uuid uuid,
  constraint message_group_members__pair primary key (user_uuid, message_group_uuid),
  constraint message_group_members__group foreign key (message_group_uuid) references message_groups (uuid) on delete cascade,
  constraint message_group_members__user foreign key (user_uuid) references users (uuid) on delete cascade
);

comment on table message_group_members is 'Who takes part in a conversation, and how far they have read.';
comment on column message_group_members.last_read_uuid is 'Messages up to this uuid are read; it may be swept already.';

create index message_group_members__by_group on message_group_members (message_group_uuid);

create table messages (
  uuid uuid not null default uuidv7(),
  message_group_uuid uuid not null,
  user_uuid uuid not null,
  message text not null,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null default now() + interval '30 days',
  constraint messages__uuid primary key (uuid),
  constraint messages__group foreign key (message_group_uuid) references message_groups (uuid) on delete cascade,
  constraint messages__user foreign key (user_uuid) references users (uuid) on delete cascade,
  constraint messages__message_length check (message <> '' and octet_length(message) <= 10240)
);

comment on table messages is 'Direct messages.';

create index messages__by_group on messages (message_group_uuid, uuid desc);
create index messages__by_user on messages (user_uuid);
create index messages__by_end on messages (expires_at);

-- The one way to read messages: those that are alive, in conversations that the viewer takes part in.
create function live_messages(viewer uuid) returns setof messages
language sql stable parallel safe
as $$
  select messages.*
  from messages
  join message_group_members member
    on member.message_group_uuid = messages.message_group_uuid and member.user_uuid = live_messages.viewer
  where messages.expires_at > now()
$$;

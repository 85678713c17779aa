-- Direct messages between two users. A message expires after 30 days.

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

comment on table message_groups is 'One conversation per pair of users.';

create index message_groups__by_high on message_groups (high_user_uuid);

create table message_group_members (
  message_group_uuid uuid not null,
  user_uuid uuid not null,
  last_read_uuid uuid,
  last_message_uuid uuid,
  last_received_uuid uuid,
  constraint message_group_members__pair primary key (user_uuid, message_group_uuid),
  constraint message_group_members__group foreign key (message_group_uuid) references message_groups (uuid) on delete cascade,
  constraint message_group_members__user foreign key (user_uuid) references users (uuid) on delete cascade
);

comment on table message_group_members is
  'Members of a conversation, with its newest messages, so that the list of conversations and the unread count need not read all messages.';
comment on column message_group_members.last_read_uuid is 'Messages up to this uuid are read; it may be swept already.';
comment on column message_group_members.last_message_uuid is 'The newest message; it may be swept already. Set by the trigger messages__newest.';
comment on column message_group_members.last_received_uuid is
  'The newest message of the other member; it may be swept already. Set by the trigger messages__newest.';

create index message_group_members__by_group on message_group_members (message_group_uuid);
create index message_group_members__in_order on message_group_members (user_uuid, last_message_uuid desc);
create index message_group_members__unread on message_group_members (user_uuid, last_received_uuid desc)
where last_received_uuid is not null and (last_read_uuid is null or last_read_uuid < last_received_uuid);

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
create index messages__by_expiry on messages (expires_at);

create function set_newest_message() returns trigger
language plpgsql
as $$
begin
  update message_group_members
  set last_message_uuid = greatest(last_message_uuid, new.uuid),
      last_received_uuid = case when user_uuid = new.user_uuid then last_received_uuid
        else greatest(last_received_uuid, new.uuid) end
  where message_group_uuid = new.message_group_uuid;
  return null;
end
$$;

create trigger messages__newest after insert on messages
for each row execute function set_newest_message();

-- See the end of 0004. A hundred rows per conversation: with a thousand, the planner would scan a small table sequentially.
alter table message_group_members alter column user_uuid set (n_distinct = -0.001);
alter table messages alter column message_group_uuid set (n_distinct = -0.01);

create table idempotency_keys (
  hash text not null,
  body_mac text not null,
  activity_uuid uuid,
  message_uuid uuid,
  created_at timestamptz not null default now(),
  constraint idempotency_keys__hash primary key (hash),
  constraint idempotency_keys__activity foreign key (activity_uuid) references activities (uuid) on delete set null,
  constraint idempotency_keys__message foreign key (message_uuid) references messages (uuid) on delete set null
);

comment on table idempotency_keys is
  'Idempotency keys of sent requests, stored for 24 hours, so that a retry creates nothing.';
comment on column idempotency_keys.hash is 'SHA-256 of user, route and key.';
comment on column idempotency_keys.body_mac is 'HMAC-SHA-256 of the body with the raw key, which is not stored.';

create index idempotency_keys__by_activity on idempotency_keys (activity_uuid) where activity_uuid is not null;
create index idempotency_keys__by_message on idempotency_keys (message_uuid) where message_uuid is not null;
create index idempotency_keys__by_age on idempotency_keys (created_at);

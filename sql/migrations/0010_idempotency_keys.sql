-- What a client has sent once already, so that sending it again makes nothing new. Holds no text and no answer.

create table idempotency_keys (
  hash text not null,
  body_mac text not null,
  claim uuid not null,
  activity_uuid uuid,
  message_uuid uuid,
  created_at timestamptz not null default now(),
  constraint idempotency_keys__hash primary key (hash),
  constraint idempotency_keys__activity foreign key (activity_uuid) references activities (uuid) on delete set null,
  constraint idempotency_keys__message foreign key (message_uuid) references messages (uuid) on delete set null
);

comment on table idempotency_keys is 'One row a key, for 24 hours.';
comment on column idempotency_keys.hash is 'SHA-256 of user, route and key.';
comment on column idempotency_keys.body_mac is 'HMAC-SHA-256 of the body under the raw key, which is not kept.';
comment on column idempotency_keys.claim is 'Made up by the request that came first: whoever finds its own claim is the first.';

create index idempotency_keys__by_activity on idempotency_keys (activity_uuid) where activity_uuid is not null;
create index idempotency_keys__by_message on idempotency_keys (message_uuid) where message_uuid is not null;
create index idempotency_keys__by_age on idempotency_keys (created_at);

-- Browsers that notifications are pushed to (decision 71). A subscription ends with the session that stored it.

set local lock_timeout = '5s';

create table push_subscriptions (
  uuid uuid not null default uuidv7(),
  user_uuid uuid not null,
  session_uuid uuid not null,
  endpoint text not null,
  p256dh text not null,
  auth text not null,
  created_at timestamptz not null default now(),
  constraint push_subscriptions__uuid primary key (uuid),
  constraint push_subscriptions__endpoint unique (endpoint),
  constraint push_subscriptions__user foreign key (user_uuid) references users (uuid) on delete cascade,
  constraint push_subscriptions__session foreign key (session_uuid) references sessions (uuid) on delete cascade,
  constraint push_subscriptions__lengths
    check (octet_length(endpoint) <= 1024 and octet_length(p256dh) = 87 and octet_length(auth) = 22)
);

comment on table push_subscriptions is 'One row per browser that notifications are pushed to, by its push service.';
comment on column push_subscriptions.endpoint is 'Where to push: an address of the browser, so it is in no log.';
comment on column push_subscriptions.p256dh is 'The browser''s public key, in base64url: what is pushed is encrypted for it.';
comment on column push_subscriptions.auth is 'A secret of the browser for the same encryption, in base64url.';

create index push_subscriptions__by_user on push_subscriptions (user_uuid, uuid desc);
create index push_subscriptions__by_session on push_subscriptions (session_uuid);

create function end_push_subscriptions() returns trigger
language plpgsql
as $$
begin
  delete from push_subscriptions where session_uuid = new.uuid;
  return null;
end
$$;

-- However it ends: by signing out, from another device, with all others, with the account.
create trigger sessions__end_push_subscriptions after update of ended_at on sessions
for each row when (old.ended_at is null and new.ended_at is not null) execute function end_push_subscriptions();

-- Users. A row is created at sign-in from Cognito's attributes; Cognito keeps the password.

create extension if not exists pg_trgm;

create table users (
  uuid uuid not null default uuidv7(),
  cognito_sub text not null,
  handle text not null,
  display_name text not null,
  email text not null,
  bio text not null default '',
  avatar_key text,
  default_ttl text not null default '7-days',
  theme text not null default 'system',
  followers_count integer not null default 0,
  following_count integer not null default 0,
  signed_out_at timestamptz,
  others_signed_out_at timestamptz,
  created_at timestamptz not null default now(),
  constraint users__uuid primary key (uuid),
  constraint users__cognito_sub unique (cognito_sub),
  constraint users__handle unique (handle),
  constraint users__handle_form check (handle ~ '^[a-z0-9_]{1,30}$'),
  constraint users__display_name_length check (display_name <> '' and octet_length(display_name) <= 600),
  constraint users__bio_length check (octet_length(bio) <= 2800),
  constraint users__default_ttl
    check (default_ttl in ('1-hour', '3-hours', '12-hours', '1-day', '3-days', '7-days', '30-days')),
  constraint users__theme check (theme in ('system', 'dark', 'light')),
  constraint users__counts check (followers_count >= 0 and following_count >= 0)
);

comment on table users is 'Users. A handle is stored in lower case, so that it is unique without regard to case.';
comment on column users.cognito_sub is 'The sub claim of the user''s Cognito tokens.';
comment on column users.avatar_key is 'Key of the avatar in the bucket; null: one is generated from the handle.';
comment on column users.default_ttl is 'The TTL preselected for new activities.';
comment on column users.theme is 'system: follows the setting of the user''s device.';
comment on column users.followers_count is 'Updated by the trigger follows__count.';
comment on column users.following_count is 'Updated by the trigger follows__count.';
comment on column users.signed_out_at is
  'Sessions whose auth_time is not later than this have ended; infinity: the account is deleted.';
comment on column users.others_signed_out_at is
  'When all sessions but one were ended: a session without a row is valid only if it began later.';

create index users__by_prefix on users (handle text_pattern_ops) include (uuid);
create index users__by_email on users (lower(email));
-- Finds out whether an avatar in the bucket is used (read_used_avatars).
create index users__by_avatar_key on users (avatar_key) where avatar_key is not null;
create index users__by_name on users using gin ((handle || ' ' || lower(display_name)) gin_trgm_ops);
-- The index above needs three letters in a row. Many Chinese and Korean names have fewer, so they are found by prefix.
create index users__by_name_prefix on users (lower(display_name) text_pattern_ops) include (uuid);

create table reserved_handles (
  hash text not null,
  until timestamptz not null,
  constraint reserved_handles__hash primary key (hash)
);

comment on table reserved_handles is 'Handles of deleted accounts, reserved for 90 days.';
comment on column reserved_handles.hash is 'HMAC-SHA-256 of the handle with SECRET_KEY.';

create index reserved_handles__by_end on reserved_handles (until);

create table image_removals (
  avatar_key text not null,
  created_at timestamptz not null default now(),
  constraint image_removals__key primary key (avatar_key)
);

comment on table image_removals is 'Replaced avatars, until the cron has deleted them from the bucket.';

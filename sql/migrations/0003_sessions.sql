-- Sessions, and the doors to them: accounts that must reset their password first, and counters of tries.

create table sessions (
  uuid uuid not null default uuidv7(),
  hash text not null,
  user_uuid uuid,
  browser text not null,
  created_at timestamptz not null default now(),
  last_seen_on date not null default (now() at time zone 'UTC')::date,
  ended_at timestamptz,
  revoked_at timestamptz,
  sealed_refresh_token text,
  constraint sessions__uuid primary key (uuid),
  constraint sessions__hash unique (hash),
  constraint sessions__user foreign key (user_uuid) references users (uuid) on delete cascade,
  constraint sessions__browser_length check (octet_length(browser) <= 100),
  constraint sessions__sealed_after_end check (sealed_refresh_token is null or ended_at is not null)
);

comment on table sessions is
  'One row per sign-in, so that each can be ended at once; swept when none of its tokens can be valid any more.';
comment on column sessions.hash is 'SHA-256 of the origin_jti claim, which all tokens of a sign-in share.';
comment on column sessions.user_uuid is 'null: it ended before its user had a row.';
comment on column sessions.browser is 'Kind of browser, such as "Firefox on Android".';
comment on column sessions.created_at is 'When the user signed in: the auth_time claim.';
comment on column sessions.last_seen_on is 'A date in UTC, so that a session is written once a day at most.';
comment on column sessions.revoked_at is 'When Cognito revoked its refresh token.';
comment on column sessions.sealed_refresh_token is 'Encrypted; kept only until Cognito has revoked it.';

create index sessions__by_user on sessions (user_uuid, uuid desc);
create index sessions__by_age on sessions (created_at);
create index sessions__by_revocation on sessions (revoked_at) where revoked_at is not null;
create index sessions__to_revoke on sessions (ended_at) where sealed_refresh_token is not null;

create table password_resets_due (
  uuid uuid not null default uuidv7(),
  email_hash text not null,
  proved_sub text,
  created_at timestamptz not null default now(),
  confirmed_at timestamptz,
  reset_at timestamptz,
  constraint password_resets_due__uuid primary key (uuid)
);

comment on table password_resets_due is
  'One row per attempt to confirm an email, written before Cognito is asked and deleted when it refuses the code. Nobody gets a session for the account until its password was reset, unless the sign-up was proved.';
comment on column password_resets_due.email_hash is 'HMAC-SHA-256 of the email under SECRET_KEY.';
comment on column password_resets_due.proved_sub is
  'The Cognito account that this browser, or the sign-up password, proved to be its own; null without proof.';
comment on column password_resets_due.confirmed_at is 'When Cognito confirmed the account for whoever had proved it.';
comment on column password_resets_due.reset_at is
  'When the password was reset through the mailbox: sessions that began before have ended.';

create index password_resets_due__by_email on password_resets_due (email_hash);
create index password_resets_due__by_reset on password_resets_due (reset_at) where reset_at is not null;

create table auth_attempts (
  hash text not null,
  count integer not null,
  ends_at timestamptz not null,
  constraint auth_attempts__hash primary key (hash)
);

comment on table auth_attempts is
  'Counters of passwords and codes tried, codes mailed and sign-ups; a row is swept once its window has ended.';
comment on column auth_attempts.hash is 'SHA-256 of the limit''s name and of whom it counts for: an account, a network, a device.';
comment on column auth_attempts.count is 'Attempts since the first of them opened the window.';
comment on column auth_attempts.ends_at is 'When the window ends and counting starts again.';

create index auth_attempts__by_end on auth_attempts (ends_at);

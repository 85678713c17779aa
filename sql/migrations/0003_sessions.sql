-- Sessions, accounts that must reset their password before a session, and counters of sign-in attempts.

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
comment on column sessions.user_uuid is 'Null if it ended before its user had a row.';
comment on column sessions.browser is 'Kind of browser, such as "Firefox on Android".';
comment on column sessions.created_at is 'When the user signed in: the auth_time claim.';
comment on column sessions.last_seen_on is 'Date in UTC, so that the row is updated at most once a day.';
comment on column sessions.revoked_at is 'When Cognito revoked its refresh token.';
comment on column sessions.sealed_refresh_token is 'Encrypted refresh token, stored until Cognito has revoked it.';

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
  'One row per attempt to confirm an email, inserted before Cognito is called and deleted when it refuses the code. The account gets no session until its password is reset, unless the sign-up is proved.';
comment on column password_resets_due.email_hash is 'HMAC-SHA-256 of the email with SECRET_KEY.';
comment on column password_resets_due.proved_sub is
  'The Cognito account whose sign-up was proved, by the browser''s cookie or the password; null without proof.';
comment on column password_resets_due.confirmed_at is 'When Cognito confirmed the account with proof.';
comment on column password_resets_due.reset_at is
  'When the password was reset by mail: sessions that began before have ended.';

create index password_resets_due__by_email on password_resets_due (email_hash);
create index password_resets_due__by_reset on password_resets_due (reset_at) where reset_at is not null;

create table auth_attempts (
  hash text not null,
  count integer not null,
  ends_at timestamptz not null,
  constraint auth_attempts__hash primary key (hash)
);

comment on table auth_attempts is
  'Counters of attempts with passwords and codes, mailed codes and sign-ups. A row is swept after its window has ended.';
comment on column auth_attempts.hash is 'SHA-256 of the quota''s name and its subject: an account, client IP or device.';
comment on column auth_attempts.count is 'Attempts within the window.';
comment on column auth_attempts.ends_at is 'When the window ends and counting starts again.';

create index auth_attempts__by_end on auth_attempts (ends_at);

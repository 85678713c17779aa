-- Accounts that were confirmed by somebody who did not prove that they had signed up: see decision 39.

create table password_resets_due (
  uuid uuid not null default uuidv7(),
  email_hash text not null,
  proved_sub text,
  created_at timestamptz not null default now(),
  confirmed_at timestamptz,
  reset_at timestamptz,
  constraint password_resets_due__uuid primary key (uuid)
);
create index password_resets_due__by_email on password_resets_due (email_hash);
create index password_resets_due__by_reset on password_resets_due (reset_at) where reset_at is not null;

comment on table password_resets_due is
  'One row per attempt to confirm an address, written before Cognito is asked and deleted when it refuses the code.';
comment on column password_resets_due.email_hash is 'HMAC-SHA-256 of the email under SECRET_KEY.';
comment on column password_resets_due.proved_sub is
  'The Cognito account that this browser, or the sign-up password, proved to be its own; null without proof.';
comment on column password_resets_due.confirmed_at is 'When Cognito confirmed the account for whoever had proved it.';
comment on column password_resets_due.reset_at is
  'When the password was reset through the mailbox: sessions that began before are worth nothing.';

-- Whether nobody gets a session for this account until its password was reset through its mailbox. An account that had a row
-- here before the attempt was confirmed before it; one that was confirmed with proof, by nobody else.
create function is_password_reset_due(email_hash text, sub text) returns boolean
language sql stable parallel safe
return exists (
  select from password_resets_due due
  where due.email_hash = is_password_reset_due.email_hash
    and due.reset_at is null
    and due.proved_sub is distinct from is_password_reset_due.sub
    and not exists (
      select from users where users.cognito_sub = is_password_reset_due.sub and users.created_at <= due.created_at
    )
) and not exists (
  select from password_resets_due proof
  where proof.email_hash = is_password_reset_due.email_hash
    and proof.proved_sub = is_password_reset_due.sub
    and proof.confirmed_at is not null
);

-- Whether a session began before the password of its account was last reset through the mailbox.
create function began_before_reset(email_hash text, auth_time bigint) returns boolean
language sql stable parallel safe
return exists (
  select from password_resets_due due
  where due.email_hash = began_before_reset.email_hash
    and due.reset_at >= to_timestamp(began_before_reset.auth_time)
);

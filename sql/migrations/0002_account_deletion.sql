-- Account deletion: one row in deleted_accounts hides a user everywhere; the cron then deletes their rows in batches, theirs in
-- users last.

create table deleted_accounts (
  user_uuid uuid not null,
  avatar_key text,
  constraint deleted_accounts__user primary key (user_uuid)
);

comment on table deleted_accounts is 'Accounts whose rows are being deleted. Every read looks here, so it has to stay small.';
comment on column deleted_accounts.avatar_key is 'An avatar that is still to be removed from the bucket.';

create table deleted_subs (
  hash text not null,
  until timestamptz not null default 'infinity',
  constraint deleted_subs__hash primary key (hash)
);

comment on table deleted_subs is 'Cognito accounts of deleted users, for which no user is created again.';
comment on column deleted_subs.hash is 'SHA-256 of the sub, which is random and so cannot be guessed from the hash.';
comment on column deleted_subs.until is 'infinity: Cognito may still have the account.';

create index deleted_subs__by_end on deleted_subs (until);

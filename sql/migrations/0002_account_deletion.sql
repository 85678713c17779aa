-- Account deletion: a row in deleted_accounts hides the user everywhere; the cron then deletes all rows of the user in batches, the
-- row in users last.

create table deleted_accounts (
  user_uuid uuid not null,
  avatar_key text,
  constraint deleted_accounts__user primary key (user_uuid)
);

comment on table deleted_accounts is 'Accounts whose rows are being deleted. Every read scans it, so it must stay small.';
comment on column deleted_accounts.avatar_key is 'The avatar to delete from the bucket; null if there is none.';

create table deleted_subs (
  hash text not null,
  until timestamptz not null default 'infinity',
  constraint deleted_subs__hash primary key (hash)
);

comment on table deleted_subs is 'Cognito accounts of deleted users; no user is created for them again.';
comment on column deleted_subs.hash is 'SHA-256 of the sub, which is random and so cannot be guessed from the hash.';
comment on column deleted_subs.until is 'infinity: Cognito may still have the account.';

create index deleted_subs__by_end on deleted_subs (until);

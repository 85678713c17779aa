-- Reports, decisions about them and the log of moderation (decision 61). What was reported is stored only as a sealed copy, which
-- this database cannot open. No foreign keys to what was reported, since reports outlive it.

create table reports (
  uuid uuid not null default uuidv7(),
  reference text not null,
  once_hash text not null,
  kind text not null,
  subject_uuid uuid not null,
  author_uuid uuid not null,
  reporter_uuid uuid,
  reason text not null,
  state text not null default 'open',
  decision text,
  rule text,
  statement_uuid uuid,
  sealed_copy text,
  created_at timestamptz not null default now(),
  decided_at timestamptz,
  constraint reports__uuid primary key (uuid),
  constraint reports__reference unique (reference),
  constraint reports__once unique (once_hash),
  constraint reports__reporter foreign key (reporter_uuid) references users (uuid) on delete set null,
  constraint reports__kind check (kind in ('activity', 'message', 'user')),
  constraint reports__state check (state in ('open', 'decided', 'closed')),
  constraint reports__decision check (decision in ('dismiss', 'warn', 'delete', 'suspend')),
  constraint reports__decided check ((state = 'decided') = (decision is not null) and (state = 'open') = (decided_at is null)),
  constraint reports__not_self check (reporter_uuid <> author_uuid)
);

comment on table reports is 'One row per report, for at most 30 days. Open ones are closed after 16 days.';
comment on column reports.reference is 'What a reporter looks up the answer by.';
comment on column reports.once_hash is 'HMAC-SHA-256 of subject and reporter, so that the same report twice is one row.';
comment on column reports.subject_uuid is 'The activity, message or user; it may have ended.';
comment on column reports.author_uuid is 'Who wrote it, or the reported user.';
comment on column reports.reporter_uuid is 'Null: reported signed out, or the account was deleted.';
comment on column reports.sealed_copy is
  'What the reporter saw and wrote, encrypted with EVIDENCE_KEY. Null once removed: with the dismissal, the answer to an appeal, 14 days after a decision without appeal, or the closing.';

create index reports__queue on reports (state, uuid);
create index reports__by_subject on reports (subject_uuid, uuid);
create index reports__by_author on reports (author_uuid);
create index reports__by_reporter on reports (reporter_uuid) where reporter_uuid is not null;
create index reports__by_age on reports (created_at);
create index reports__by_statement on reports (statement_uuid) where statement_uuid is not null;

create table statements (
  uuid uuid not null default uuidv7(),
  user_uuid uuid not null,
  moderator_uuid uuid not null,
  kind text not null,
  subject_uuid uuid not null,
  action text not null,
  warning text,
  suspended_until timestamptz,
  rule text not null,
  statement text not null,
  created_at timestamptz not null default now(),
  undone_at timestamptz,
  sealed_appeal text,
  appealed_at timestamptz,
  appeal_decision text,
  appeal_answer text,
  answered_at timestamptz,
  constraint statements__uuid primary key (uuid),
  constraint statements__user foreign key (user_uuid) references users (uuid) on delete cascade,
  constraint statements__kind check (kind in ('activity', 'message', 'user')),
  constraint statements__action check (action in ('warn', 'delete', 'suspend')),
  constraint statements__warning check ((action = 'warn') = (warning is not null)),
  constraint statements__suspension check ((action = 'suspend') = (suspended_until is not null)),
  constraint statements__statement_length check (statement <> '' and octet_length(statement) <= 10240),
  constraint statements__appeal_decision check (appeal_decision in ('upheld', 'reversed')),
  constraint statements__answered
    check ((answered_at is null) = (appeal_decision is null) and (answered_at is null) = (appeal_answer is null)),
  constraint statements__appealed check (answered_at is null or appealed_at is not null)
);

comment on table statements is
  'Statements of reasons: one row per decision against a user. Swept after 30 days, one of a suspension not before that has ended.';
comment on column statements.user_uuid is 'Who it is addressed to: whose activity, message or account was decided about.';
comment on column statements.suspended_until is 'infinity: for good.';
comment on column statements.sealed_appeal is 'The text of the appeal, encrypted with EVIDENCE_KEY; null once it was answered.';
comment on column statements.appeal_decision is 'upheld: the decision stands; reversed: the appeal succeeded.';

create index statements__by_user on statements (user_uuid, uuid desc);
create index statements__appealed on statements (appealed_at) where answered_at is null;
create index statements__by_age on statements (created_at);

create table moderation_log (
  uuid uuid not null default uuidv7(),
  at timestamptz not null default now(),
  action text not null,
  moderator_uuid uuid,
  report_uuid uuid,
  statement_uuid uuid,
  kind text,
  reason text,
  rule text,
  seconds_open integer,
  constraint moderation_log__uuid primary key (uuid),
  constraint moderation_log__action check (
    action in ('report', 'open', 'dismiss', 'warn', 'delete', 'suspend', 'undo', 'appeal', 'uphold', 'reverse', 'close')
  )
);

comment on table moderation_log is
  'What was reported, opened and decided, by whom and when. Append-only, kept for good, without texts and without who reported or was reported. No foreign keys: rows outlive what they name.';
comment on column moderation_log.moderator_uuid is 'Null: done by a reporter, the author or the cron.';
comment on column moderation_log.seconds_open is 'From the report to the decision about it, or from an appeal to its answer.';

create index moderation_log__by_time on moderation_log (at);

create function refuse_change() returns trigger
language plpgsql
as $$
begin
  raise exception 'the moderation log is append-only';
end
$$;

create trigger moderation_log__append_only before update or delete or truncate on moderation_log
for each statement execute function refuse_change();

set local lock_timeout = '5s';

alter table activities
  add column warning text,
  add constraint activities__warning_length check (warning <> '' and octet_length(warning) <= 600) not valid;
comment on column activities.warning is 'Shown instead of the text until the reader opens it; null: none.';

alter table users add column suspended_until timestamptz;
comment on column users.suspended_until is
  'Until then nobody else sees the user, who cannot write; infinity: for good; null or past: not suspended.';

-- Every read scans it (hidden_users), so it must stay small. One table for both, so that a read scans no more than before.
create table hidden_accounts (
  user_uuid uuid not null,
  until timestamptz not null,
  constraint hidden_accounts__user primary key (user_uuid)
);

comment on table hidden_accounts is
  'Users whom nobody else sees: deleted ones (until infinity) and suspended ones. Set by triggers on deleted_accounts and users.';

create function hide_deleted_account() returns trigger
language plpgsql
as $$
begin
  if tg_op = 'INSERT' then
    insert into hidden_accounts (user_uuid, until) values (new.user_uuid, 'infinity')
    on conflict on constraint hidden_accounts__user do update set until = excluded.until;
  else
    delete from hidden_accounts where hidden_accounts.user_uuid = old.user_uuid;
  end if;
  return null;
end
$$;

create trigger deleted_accounts__hide after insert or delete on deleted_accounts
for each row execute function hide_deleted_account();
insert into hidden_accounts (user_uuid, until) select deleted_accounts.user_uuid, 'infinity' from deleted_accounts;

create function hide_suspended_user() returns trigger
language plpgsql
as $$
begin
  if new.signed_out_at = 'infinity' then
    return null;
  elsif new.suspended_until is null then
    delete from hidden_accounts where hidden_accounts.user_uuid = new.uuid;
  else
    insert into hidden_accounts (user_uuid, until) values (new.uuid, new.suspended_until)
    on conflict on constraint hidden_accounts__user do update set until = excluded.until;
  end if;
  return null;
end
$$;

create trigger users__hide_suspended after update of suspended_until on users
for each row when (new.suspended_until is distinct from old.suspended_until) execute function hide_suspended_user();

-- Users hidden from the viewer, and from whom the viewer is hidden: blocked in either direction, deleted, or suspended. Suspended users
-- still see themselves.
create or replace function hidden_users(viewer uuid) returns table (uuid uuid)
language sql stable parallel safe
as $$
  select blocks.blocked_uuid from blocks where blocks.blocker_uuid = hidden_users.viewer
  union all
  select blocks.blocker_uuid from blocks where blocks.blocked_uuid = hidden_users.viewer
  union all
  select hidden_accounts.user_uuid
  from hidden_accounts
  where hidden_accounts.until > now() and hidden_accounts.user_uuid is distinct from hidden_users.viewer
$$;

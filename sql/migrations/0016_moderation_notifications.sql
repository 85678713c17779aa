-- no transaction
-- Notifications of decisions: `report` to the reporter, `statement` to whom the decision is about. `reference` names which, so it is
-- part of what makes a notification unique.

alter table notifications add column if not exists reference text;
comment on column notifications.reference is 'Kind report: the report''s reference; kind statement: the statement''s uuid; else null.';

alter table notifications
  drop constraint if exists notifications__kind,
  drop constraint if exists notifications__about,
  drop constraint if exists notifications__anonymous,
  add constraint notifications__kind check (
    kind in ('reply', 'like', 'repost', 'follow', 'follow_request', 'mention', 'security', 'report', 'statement')
  ) not valid,
  add constraint notifications__about check (
    (kind in ('follow', 'follow_request', 'security', 'report', 'statement')) = (activity_uuid is null)
  ) not valid,
  add constraint notifications__anonymous check ((kind in ('security', 'report', 'statement')) = (actor_uuid is null)) not valid,
  drop constraint if exists notifications__reference,
  add constraint notifications__reference check ((kind in ('report', 'statement')) = (reference is not null)) not valid;
alter table notifications validate constraint notifications__kind;
alter table notifications validate constraint notifications__about;
alter table notifications validate constraint notifications__anonymous;
alter table notifications validate constraint notifications__reference;

alter table activities validate constraint activities__warning_length;

drop index concurrently if exists notifications__once_with_reference;
create unique index concurrently notifications__once_with_reference
on notifications (recipient_uuid, actor_uuid, kind, activity_uuid, reference) nulls not distinct;
-- The name stays: functions of the release before say `on conflict on constraint notifications__once`.
alter table notifications
  drop constraint notifications__once,
  add constraint notifications__once unique using index notifications__once_with_reference;

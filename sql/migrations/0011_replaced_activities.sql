-- no transaction
-- The URL of a rewritten activity redirects to the new activity.

alter table activities add column if not exists replaced_uuids uuid[];
comment on column activities.replaced_uuids is
  'Uuids of the earlier versions of this activity, newest last, at most 50; null if it was not rewritten.';

drop index concurrently if exists activities__by_replaced;
create index concurrently activities__by_replaced on activities using gin (replaced_uuids) with (fastupdate = off)
where replaced_uuids is not null;

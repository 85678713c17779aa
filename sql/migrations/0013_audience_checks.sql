-- no transaction
-- Validates the checks of 0012 and builds its index beside reads and writes.

alter table activities validate constraint activities__audience;
alter table activities validate constraint activities__who_can_reply;
alter table users validate constraint users__default_audience;
alter table feed_items validate constraint feed_items__kind;
alter table notifications validate constraint notifications__kind;
alter table notifications validate constraint notifications__about;

-- An author's activities that are not for everyone: others do not count them on the profile.
drop index concurrently if exists activities__limited_by_author;
create index concurrently activities__limited_by_author on activities (user_uuid, expires_at)
  where audience <> 'everyone' and reply_to_activity_uuid is null;

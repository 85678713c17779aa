-- Deletes mentions, notifications, blocks, mutes, follow requests and circle members of deleted accounts, at most batch_size of each
-- kind. No counts depend on them. Returns the number of deleted rows.
create or replace function sweep_relations_of_deleted_accounts(batch_size integer) returns table (count integer)
language plpgsql security definer
as $$
declare
  deleted_users constant uuid[] := lock_account_deletions();
  deleted integer;
begin
  count := 0;

  delete from mentions
  where mentions.ctid = any (array(
    select found.ctid
    from unnest(deleted_users) member (uuid)
    cross join lateral (
      select mentions.ctid
      from mentions
      where mentions.user_uuid = member.uuid
      limit sweep_relations_of_deleted_accounts.batch_size
    ) found
    limit sweep_relations_of_deleted_accounts.batch_size
  ));
  get diagnostics deleted = row_count;
  count := count + deleted;

  delete from notifications
  where notifications.ctid = any (array(
    select found.ctid
    from unnest(deleted_users) member (uuid)
    cross join lateral (
      select notifications.ctid
      from notifications
      where notifications.recipient_uuid = member.uuid
      limit sweep_relations_of_deleted_accounts.batch_size
    ) found
    limit sweep_relations_of_deleted_accounts.batch_size
  ));
  get diagnostics deleted = row_count;
  count := count + deleted;

  delete from notifications
  where notifications.ctid = any (array(
    select found.ctid
    from unnest(deleted_users) member (uuid)
    cross join lateral (
      select notifications.ctid
      from notifications
      where notifications.actor_uuid = member.uuid
      limit sweep_relations_of_deleted_accounts.batch_size
    ) found
    limit sweep_relations_of_deleted_accounts.batch_size
  ));
  get diagnostics deleted = row_count;
  count := count + deleted;

  delete from blocks
  where blocks.ctid = any (array(
    select found.ctid
    from unnest(deleted_users) member (uuid)
    cross join lateral (
      select blocks.ctid
      from blocks
      where blocks.blocker_uuid = member.uuid
      limit sweep_relations_of_deleted_accounts.batch_size
    ) found
    limit sweep_relations_of_deleted_accounts.batch_size
  ));
  get diagnostics deleted = row_count;
  count := count + deleted;

  delete from blocks
  where blocks.ctid = any (array(
    select found.ctid
    from unnest(deleted_users) member (uuid)
    cross join lateral (
      select blocks.ctid
      from blocks
      where blocks.blocked_uuid = member.uuid
      limit sweep_relations_of_deleted_accounts.batch_size
    ) found
    limit sweep_relations_of_deleted_accounts.batch_size
  ));
  get diagnostics deleted = row_count;
  count := count + deleted;

  delete from mutes
  where mutes.ctid = any (array(
    select found.ctid
    from unnest(deleted_users) member (uuid)
    cross join lateral (
      select mutes.ctid
      from mutes
      where mutes.muter_uuid = member.uuid
      limit sweep_relations_of_deleted_accounts.batch_size
    ) found
    limit sweep_relations_of_deleted_accounts.batch_size
  ));
  get diagnostics deleted = row_count;
  count := count + deleted;

  delete from mutes
  where mutes.ctid = any (array(
    select found.ctid
    from unnest(deleted_users) member (uuid)
    cross join lateral (
      select mutes.ctid
      from mutes
      where mutes.muted_uuid = member.uuid
      limit sweep_relations_of_deleted_accounts.batch_size
    ) found
    limit sweep_relations_of_deleted_accounts.batch_size
  ));
  get diagnostics deleted = row_count;
  count := count + deleted;

  delete from follow_requests
  where follow_requests.ctid = any (array(
    select found.ctid
    from unnest(deleted_users) member (uuid)
    cross join lateral (
      select follow_requests.ctid
      from follow_requests
      where follow_requests.follower_uuid = member.uuid
      limit sweep_relations_of_deleted_accounts.batch_size
    ) found
    limit sweep_relations_of_deleted_accounts.batch_size
  ));
  get diagnostics deleted = row_count;
  count := count + deleted;

  delete from follow_requests
  where follow_requests.ctid = any (array(
    select found.ctid
    from unnest(deleted_users) member (uuid)
    cross join lateral (
      select follow_requests.ctid
      from follow_requests
      where follow_requests.followed_uuid = member.uuid
      limit sweep_relations_of_deleted_accounts.batch_size
    ) found
    limit sweep_relations_of_deleted_accounts.batch_size
  ));
  get diagnostics deleted = row_count;
  count := count + deleted;

  delete from circle_members
  where circle_members.ctid = any (array(
    select found.ctid
    from unnest(deleted_users) member (uuid)
    cross join lateral (
      select circle_members.ctid
      from circle_members
      where circle_members.owner_uuid = member.uuid
      limit sweep_relations_of_deleted_accounts.batch_size
    ) found
    limit sweep_relations_of_deleted_accounts.batch_size
  ));
  get diagnostics deleted = row_count;
  count := count + deleted;

  delete from circle_members
  where circle_members.ctid = any (array(
    select found.ctid
    from unnest(deleted_users) member (uuid)
    cross join lateral (
      select circle_members.ctid
      from circle_members
      where circle_members.member_uuid = member.uuid
      limit sweep_relations_of_deleted_accounts.batch_size
    ) found
    limit sweep_relations_of_deleted_accounts.batch_size
  ));
  get diagnostics deleted = row_count;
  count := count + deleted;
  return next;
end
$$;

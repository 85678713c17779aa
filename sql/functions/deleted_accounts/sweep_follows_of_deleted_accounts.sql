-- Deletes follows by and of deleted accounts, at most batch_size of each. Returns their number.
create or replace function sweep_follows_of_deleted_accounts(batch_size integer) returns table (count integer)
language plpgsql security definer
as $$
declare
  deleted_users constant uuid[] := lock_account_deletions();
  followers uuid[];
  followed uuid[];
begin
  select coalesce(array_agg(found.follower_uuid), '{}'), coalesce(array_agg(found.followed_uuid), '{}')
  into followers, followed
  from (
    (
      select follow.follower_uuid, follow.followed_uuid
      from unnest(deleted_users) member (uuid)
      cross join lateral (
        select follows.follower_uuid, follows.followed_uuid
        from follows
        where follows.follower_uuid = member.uuid
        limit sweep_follows_of_deleted_accounts.batch_size
      ) follow
      limit sweep_follows_of_deleted_accounts.batch_size
    )
    union
    (
      select follow.follower_uuid, follow.followed_uuid
      from unnest(deleted_users) member (uuid)
      cross join lateral (
        select follows.follower_uuid, follows.followed_uuid
        from follows
        where follows.followed_uuid = member.uuid
        limit sweep_follows_of_deleted_accounts.batch_size
      ) follow
      limit sweep_follows_of_deleted_accounts.batch_size
    )
  ) found;

  -- Lock both users of each follow, whose counts change; in order of uuid, to avoid deadlocks.
  perform from users locked where locked.uuid = any (followers || followed) order by locked.uuid for no key update;

  delete from follows
  using unnest(followers, followed) pair (follower_uuid, followed_uuid)
  where follows.follower_uuid = pair.follower_uuid and follows.followed_uuid = pair.followed_uuid;
  get diagnostics count = row_count;
  return next;
end
$$;

-- Deletes likes and reposts by deleted accounts, at most batch_size of each, and the reposts' feed items. Returns their number.
create or replace function sweep_reactions_of_deleted_accounts(batch_size integer) returns table (count integer)
language plpgsql security definer
as $$
declare
  deleted_users constant uuid[] := lock_account_deletions();
  liked uuid[];
  likers uuid[];
  reposted uuid[];
  reposters uuid[];
  deleted integer;
begin
  select coalesce(array_agg(found.activity_uuid), '{}'), coalesce(array_agg(found.user_uuid), '{}')
  into liked, likers
  from (
    select reaction.activity_uuid, reaction.user_uuid
    from unnest(deleted_users) member (uuid)
    cross join lateral (
      select likes.activity_uuid, likes.user_uuid
      from likes
      where likes.user_uuid = member.uuid
      limit sweep_reactions_of_deleted_accounts.batch_size
    ) reaction
    limit sweep_reactions_of_deleted_accounts.batch_size
  ) found;
  select coalesce(array_agg(found.activity_uuid), '{}'), coalesce(array_agg(found.user_uuid), '{}')
  into reposted, reposters
  from (
    select reaction.activity_uuid, reaction.user_uuid
    from unnest(deleted_users) member (uuid)
    cross join lateral (
      select reposts.activity_uuid, reposts.user_uuid
      from reposts
      where reposts.user_uuid = member.uuid
      limit sweep_reactions_of_deleted_accounts.batch_size
    ) reaction
    limit sweep_reactions_of_deleted_accounts.batch_size
  ) found;

  -- Lock the activities, whose counts change; in order of uuid, to avoid deadlocks.
  perform from activities locked where locked.uuid = any (liked || reposted) order by locked.uuid for no key update;

  delete from likes
  using unnest(liked, likers) pair (activity_uuid, user_uuid)
  where likes.activity_uuid = pair.activity_uuid and likes.user_uuid = pair.user_uuid;
  get diagnostics count = row_count;

  delete from feed_items item
  using unnest(reposted, reposters) pair (activity_uuid, user_uuid)
  where item.activity_uuid = pair.activity_uuid and item.actor_uuid = pair.user_uuid and item.kind = 'repost';
  delete from reposts
  using unnest(reposted, reposters) pair (activity_uuid, user_uuid)
  where reposts.activity_uuid = pair.activity_uuid and reposts.user_uuid = pair.user_uuid;
  get diagnostics deleted = row_count;
  count := count + deleted;
  return next;
end
$$;

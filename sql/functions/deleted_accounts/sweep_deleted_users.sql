-- Deletes the users of at most batch_size deleted accounts that have no other data left; rows written concurrently are deleted by
-- cascade. An avatar that was set concurrently is recorded for deletion. Returns the number of deleted users.
create or replace function sweep_deleted_users(batch_size integer) returns table (count integer)
language plpgsql security definer
as $$
declare
  deleted_users constant uuid[] := lock_account_deletions();
  ready uuid[];
  deleted record;
begin
  ready := array(
    select deletion.user_uuid
    from deleted_accounts deletion
    where deletion.user_uuid = any (deleted_users)
      and deletion.avatar_key is null
      and not exists (select from activities where activities.user_uuid = deletion.user_uuid)
      and not exists (select from likes where likes.user_uuid = deletion.user_uuid)
      and not exists (select from reposts where reposts.user_uuid = deletion.user_uuid)
      and not exists (select from follows where follows.follower_uuid = deletion.user_uuid)
      and not exists (select from follows where follows.followed_uuid = deletion.user_uuid)
      and not exists (select from message_groups where message_groups.low_user_uuid = deletion.user_uuid)
      and not exists (select from message_groups where message_groups.high_user_uuid = deletion.user_uuid)
      and not exists (select from mentions where mentions.user_uuid = deletion.user_uuid)
      and not exists (select from notifications where notifications.recipient_uuid = deletion.user_uuid)
      and not exists (select from notifications where notifications.actor_uuid = deletion.user_uuid)
      and not exists (select from blocks where blocks.blocker_uuid = deletion.user_uuid)
      and not exists (select from blocks where blocks.blocked_uuid = deletion.user_uuid)
      and not exists (select from mutes where mutes.muter_uuid = deletion.user_uuid)
      and not exists (select from mutes where mutes.muted_uuid = deletion.user_uuid)
      and not exists (select from follow_requests where follow_requests.follower_uuid = deletion.user_uuid)
      and not exists (select from follow_requests where follow_requests.followed_uuid = deletion.user_uuid)
      and not exists (select from circle_members where circle_members.owner_uuid = deletion.user_uuid)
      and not exists (select from circle_members where circle_members.member_uuid = deletion.user_uuid)
    limit sweep_deleted_users.batch_size
  );
  count := 0;
  for deleted in
    delete from users member where member.uuid = any (ready) returning member.uuid, member.avatar_key
  loop
    update deleted_accounts deletion
    set avatar_key = deleted.avatar_key
    where deletion.user_uuid = deleted.uuid and deleted.avatar_key is not null;
    count := count + 1;
  end loop;
  return next;
end
$$;

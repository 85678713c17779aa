-- Deletes conversations of deleted accounts: at most batch_size messages of both members, and the conversations that have none
-- left. Returns the number of deleted rows.
create or replace function sweep_messages_of_deleted_accounts(batch_size integer) returns table (count integer)
language plpgsql security definer
as $$
declare
  deleted_users constant uuid[] := lock_account_deletions();
  conversations uuid[];
  deleted integer;
begin
  conversations := array(
    (
      select conversation.uuid
      from unnest(deleted_users) member (uuid)
      cross join lateral (
        select message_groups.uuid
        from message_groups
        where message_groups.low_user_uuid = member.uuid
        limit sweep_messages_of_deleted_accounts.batch_size
      ) conversation
      limit sweep_messages_of_deleted_accounts.batch_size
    )
    union
    (
      select conversation.uuid
      from unnest(deleted_users) member (uuid)
      cross join lateral (
        select message_groups.uuid
        from message_groups
        where message_groups.high_user_uuid = member.uuid
        limit sweep_messages_of_deleted_accounts.batch_size
      ) conversation
      limit sweep_messages_of_deleted_accounts.batch_size
    )
  );

  delete from messages
  where messages.uuid = any (array(
    select found.uuid
    from unnest(conversations) conversation (uuid)
    cross join lateral (
      select message.uuid
      from messages message
      where message.message_group_uuid = conversation.uuid
      limit sweep_messages_of_deleted_accounts.batch_size
    ) found
    limit sweep_messages_of_deleted_accounts.batch_size
  ));
  get diagnostics count = row_count;

  delete from message_groups
  where message_groups.uuid = any (conversations)
    and not exists (select from messages where messages.message_group_uuid = message_groups.uuid);
  get diagnostics deleted = row_count;
  count := count + deleted;
  return next;
end
$$;

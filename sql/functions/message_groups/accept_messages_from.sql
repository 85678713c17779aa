-- Moves the conversations of some users with a sender to their inboxes, since they follow the sender from now on. The caller has
-- locked all these users.
create or replace function accept_messages_from(sender uuid, recipients uuid[]) returns void
language plpgsql
as $$
begin
  update message_group_members mine
  set folder = 'inbox'
  from unnest(accept_messages_from.recipients) recipient (uuid)
  join message_groups pair
    on pair.low_user_uuid = least(accept_messages_from.sender, recipient.uuid)
    and pair.high_user_uuid = greatest(accept_messages_from.sender, recipient.uuid)
  where mine.message_group_uuid = pair.uuid and mine.user_uuid = recipient.uuid and mine.folder <> 'inbox';
end
$$;

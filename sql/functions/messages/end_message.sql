-- Deletes a message for both users. The conversation then shows its previous message; without one it is no longer listed. Returns
-- whether there was one.
create or replace function end_message(message_uuid uuid) returns boolean
language plpgsql
as $$
declare
  sent messages;
begin
  select message.* into sent from messages message where message.uuid = end_message.message_uuid and message.expires_at > now();

  -- The same lock as in send_message: no message may be sent between the deletion and the search for the newest one.
  perform from message_groups pair where pair.uuid = sent.message_group_uuid for no key update;

  delete from messages message where message.uuid = sent.uuid;
  if not found then
    return false;
  end if;

  update message_group_members member
  set last_message_uuid = (
        select message.uuid
        from messages message
        where message.message_group_uuid = sent.message_group_uuid
        order by message.uuid desc
        limit 1
      ),
      last_received_uuid = case when member.last_received_uuid = sent.uuid then (
        select message.uuid
        from messages message
        where message.message_group_uuid = sent.message_group_uuid and message.user_uuid = sent.user_uuid
        order by message.uuid desc
        limit 1
      ) else member.last_received_uuid end
  where member.message_group_uuid = sent.message_group_uuid
    and sent.uuid in (member.last_message_uuid, member.last_received_uuid);
  return true;
end
$$;

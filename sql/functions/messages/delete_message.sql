-- Deletes a live message that the viewer sent, for both users. The conversation then shows its previous message; without one it is
-- no longer listed. CR414: no live message of the viewer has this uuid.
create or replace function delete_message(viewer_sub text, message_uuid uuid) returns void
language plpgsql security definer
as $$
declare
  viewer constant uuid := find_viewer(delete_message.viewer_sub);
  conversation uuid;
begin
  select sent.message_group_uuid into conversation
  from messages sent
  where sent.uuid = delete_message.message_uuid and sent.user_uuid = viewer and sent.expires_at > now();

  -- The same lock as in send_message: no message may be sent between the deletion and the search for the newest one.
  perform from message_groups pair where pair.uuid = conversation for no key update;

  delete from messages sent where sent.uuid = delete_message.message_uuid and sent.message_group_uuid = conversation;
  if not found then
    raise exception using errcode = 'CR414', message = 'the viewer has sent no such message';
  end if;

  update message_group_members member
  set last_message_uuid = (
        select message.uuid
        from messages message
        where message.message_group_uuid = conversation
        order by message.uuid desc
        limit 1
      ),
      last_received_uuid = case when member.last_received_uuid = delete_message.message_uuid then (
        select message.uuid
        from messages message
        where message.message_group_uuid = conversation and message.user_uuid = viewer
        order by message.uuid desc
        limit 1
      ) else member.last_received_uuid end
  where member.message_group_uuid = conversation
    and delete_message.message_uuid in (member.last_message_uuid, member.last_received_uuid);
end
$$;

-- Deletes a live message of the viewer's, for both. Its conversation then shows the message before, or is not listed without one.
-- CR414: there is no such message, or it is somebody else's.
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

  -- As send_message does, so that no message comes between the deletion and the look for the newest.
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

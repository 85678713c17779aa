-- Deletes a live message that the viewer sent, for both users (end_message). Returns its conversation and the other member (null:
-- they have declined it). CR414: no live message of the viewer has this uuid.
create or replace function delete_message(viewer_sub text, message_uuid uuid)
returns table (conversation_uuid uuid, other_uuid uuid)
language plpgsql security definer
as $$
declare
  viewer constant uuid := find_viewer(delete_message.viewer_sub);
begin
  select sent.message_group_uuid into conversation_uuid
  from messages sent
  where sent.uuid = delete_message.message_uuid and sent.user_uuid = viewer;
  if not found or not end_message(delete_message.message_uuid) then
    raise exception using errcode = 'CR414', message = 'the viewer has sent no such message';
  end if;
  select other.user_uuid into other_uuid
  from message_group_members other
  where other.message_group_uuid = conversation_uuid and other.user_uuid <> viewer and other.folder <> 'declined';
  return next;
end
$$;

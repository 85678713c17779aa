-- Deletes a live message that the viewer sent, for both users (end_message). CR414: no live message of the viewer has this uuid.
create or replace function delete_message(viewer_sub text, message_uuid uuid) returns void
language plpgsql security definer
as $$
declare
  viewer constant uuid := find_viewer(delete_message.viewer_sub);
begin
  if not exists (select from messages sent where sent.uuid = delete_message.message_uuid and sent.user_uuid = viewer)
    or not end_message(delete_message.message_uuid)
  then
    raise exception using errcode = 'CR414', message = 'the viewer has sent no such message';
  end if;
end
$$;

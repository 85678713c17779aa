-- Marks a conversation as read up to its newest message; never moves the mark back. A message that arrives while this waits for a
-- concurrent call stays unread. CR414: the viewer is not a member.
create or replace function mark_conversation_read(viewer_sub text, conversation_uuid uuid) returns void
language plpgsql security definer
as $$
declare
  viewer constant uuid := find_viewer(mark_conversation_read.viewer_sub);
begin
  update message_group_members mine
  set last_read_uuid = greatest(
    (
      select message.uuid
      from messages message
      where message.message_group_uuid = mark_conversation_read.conversation_uuid and message.expires_at > now()
      order by message.uuid desc
      limit 1
    ),
    mine.last_read_uuid
  )
  where mine.message_group_uuid = mark_conversation_read.conversation_uuid and mine.user_uuid = viewer;
  if not found then
    raise exception using errcode = 'CR414', message = 'the viewer is not a member of this conversation';
  end if;
end
$$;

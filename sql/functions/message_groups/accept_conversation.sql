-- Accepts a message request: moves the conversation to the viewer's inbox. Idempotent. CR414: the viewer is not a member, or has
-- declined it.
create or replace function accept_conversation(viewer_sub text, conversation_uuid uuid) returns void
language plpgsql security definer
as $$
declare
  viewer constant uuid := find_viewer(accept_conversation.viewer_sub);
begin
  update message_group_members mine
  set folder = 'inbox'
  where mine.message_group_uuid = accept_conversation.conversation_uuid
    and mine.user_uuid = viewer
    and mine.folder <> 'declined'
    and exists (
      select from visible_conversations(viewer) conversation
      where conversation.uuid = accept_conversation.conversation_uuid
    );
  if not found then
    raise exception using errcode = 'CR414', message = 'the viewer is not a member of this conversation';
  end if;
end
$$;

-- Declines a message request: hides the conversation and all its messages from the viewer, until the viewer writes to the other
-- member or follows them. The other member is not notified. CR414: the viewer is not a member, or has declined it. CR41R: it is no
-- request.
create or replace function decline_conversation(viewer_sub text, conversation_uuid uuid) returns void
language plpgsql security definer
as $$
declare
  viewer constant uuid := find_viewer(decline_conversation.viewer_sub);
begin
  if not exists (
    select from visible_conversations(viewer) conversation
    where conversation.uuid = decline_conversation.conversation_uuid
  ) then
    raise exception using errcode = 'CR414', message = 'the viewer is not a member of this conversation';
  end if;

  update message_group_members mine
  set folder = 'declined'
  where mine.message_group_uuid = decline_conversation.conversation_uuid
    and mine.user_uuid = viewer
    and mine.folder = 'requests';
  if not found then
    raise exception using errcode = 'CR41R', message = 'this conversation is no request';
  end if;
end
$$;

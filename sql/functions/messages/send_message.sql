-- Sends a message to a user by handle, or to one of the viewer's conversations, and returns it and its recipient (null: it was sent
-- before). A pair has one conversation, which the first message creates. With the idempotency key of an earlier request it returns the message sent then; no row if that has
-- expired. CR415: the handle is unknown, the viewer's own or a hidden user's. CR414: the viewer is not a member of the
-- conversation. Errors of keys: claim_idempotency_key.
create or replace function send_message(
  viewer_sub text,
  handle text,
  conversation_uuid uuid,
  message_text text,
  key_hash text,
  body_mac text
)
returns table (
  uuid uuid,
  message_group_uuid uuid,
  message text,
  created_at timestamptz,
  expires_at timestamptz,
  "user" json,
  recipient_uuid uuid
)
language plpgsql security definer
as $$
declare
  viewer constant uuid := find_viewer(send_message.viewer_sub);
  recipient uuid;
  conversation uuid;
  sent uuid;
begin
  if send_message.key_hash is not null then
    sent := claim_idempotency_key(send_message.key_hash, send_message.body_mac);
  end if;

  if sent is null then
    if send_message.conversation_uuid is not null then
      select visible.other_uuid into recipient
      from visible_conversations(viewer) visible
      where visible.uuid = send_message.conversation_uuid;
      if not found then
        raise exception using errcode = 'CR414', message = 'the viewer is not a member of this conversation';
      end if;
    else
      select other.uuid into recipient
      from users other
      where other.handle = lower(send_message.handle)
        and other.uuid <> viewer
        and other.uuid <> all (array(select hidden.uuid from hidden_users(viewer) hidden));
      if not found then
        raise exception using errcode = 'CR415', message = 'nobody can be reached by this handle';
      end if;
    end if;

    -- The update locks an existing row, so that messages of one conversation are inserted one after the other.
    insert into message_groups as pair (low_user_uuid, high_user_uuid)
    values (least(viewer, recipient), greatest(viewer, recipient))
    on conflict on constraint message_groups__pair do update set low_user_uuid = excluded.low_user_uuid
    returning pair.uuid into conversation;

    insert into message_group_members (message_group_uuid, user_uuid)
    values (conversation, viewer), (conversation, recipient)
    on conflict on constraint message_group_members__pair do nothing;

    insert into messages as written (message_group_uuid, user_uuid, message)
    values (conversation, viewer, send_message.message_text)
    returning written.uuid into sent;

    update idempotency_keys claimed
    set message_uuid = sent
    where claimed.hash = send_message.key_hash;
  end if;

  return query
  select card.uuid, card.message_group_uuid, card.message, card.created_at, card.expires_at, card."user", recipient
  from message_cards() card
  where card.uuid = sent
  limit 1;
end
$$;

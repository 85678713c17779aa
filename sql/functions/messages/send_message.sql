-- Sends a message to a user by handle, or to one of the viewer's conversations. Returns it, whom to nudge (null: the recipient has
-- declined the conversation, or the message was sent before), and what to push to them (push_to; null also if it is a request, or
-- the recipient has muted the viewer). A pair has one conversation, which the first message creates. With the idempotency key of an
-- earlier request it returns the message sent then; no row if that has expired. For the recipient the conversation is a request,
-- unless they follow the viewer, or have answered or accepted. Sending accepts the viewer's own request in this conversation.
-- CR415: the handle is unknown, the viewer's own or a hidden user's. CR414: the viewer is not a member of the conversation. Errors
-- of keys: claim_idempotency_key; of the limit of messages to strangers: spend_daily_limit.
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
  recipient_uuid uuid,
  push json
)
language plpgsql security definer
as $$
declare
  viewer constant uuid := find_viewer(send_message.viewer_sub);
  recipient uuid;
  recipient_folder text;
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

    select theirs.folder into recipient_folder
    from message_groups pair
    join message_group_members theirs on theirs.message_group_uuid = pair.uuid and theirs.user_uuid = recipient
    where pair.low_user_uuid = least(viewer, recipient) and pair.high_user_uuid = greatest(viewer, recipient);
    if recipient_folder is distinct from 'inbox' then
      -- A follow changes the folder too: a concurrent one by the recipient waits for this, or this for it.
      perform lock_users(viewer, recipient);
    end if;

    -- The update locks an existing row, so that messages of one conversation are inserted one after the other.
    insert into message_groups as pair (low_user_uuid, high_user_uuid)
    values (least(viewer, recipient), greatest(viewer, recipient))
    on conflict on constraint message_groups__pair do update set low_user_uuid = excluded.low_user_uuid
    returning pair.uuid into conversation;

    insert into message_group_members as member (message_group_uuid, user_uuid, folder)
    values
      (conversation, viewer, 'inbox'),
      (
        conversation,
        recipient,
        case
          when exists (select from follows where follows.follower_uuid = recipient and follows.followed_uuid = viewer)
          then 'inbox' else 'requests'
        end
      )
    on conflict on constraint message_group_members__pair do update set folder = 'inbox'
    where member.user_uuid = viewer and member.folder <> 'inbox';

    select theirs.folder into recipient_folder
    from message_group_members theirs
    where theirs.message_group_uuid = conversation and theirs.user_uuid = recipient;
    if recipient_folder <> 'inbox' then
      perform spend_daily_limit(viewer, 'stranger_message', 1);
    end if;

    insert into messages as written (message_group_uuid, user_uuid, message)
    values (conversation, viewer, send_message.message_text)
    returning written.uuid into sent;

    update idempotency_keys claimed
    set message_uuid = sent
    where claimed.hash = send_message.key_hash;
  end if;

  return query
  select card.uuid, card.message_group_uuid, card.message, card.created_at, card.expires_at, card."user",
    case when recipient_folder <> 'declined' then recipient end,
    case
      when recipient_folder = 'inbox' and viewer <> all (array(select muted.uuid from muted_users(recipient) muted))
      then push_to(recipient, 'message', viewer, card.message_group_uuid::text, card.expires_at)
    end
  from message_cards() card
  where card.uuid = sent
  limit 1;
end
$$;

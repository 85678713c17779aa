-- Returns the viewer's conversations as the API shows them (messageGroup in worker/contract/message.ts). last_message is null once
-- all messages have expired; unread_count is at most 100. Select one by its uuid, in a lateral with limit 1.
create or replace function conversation_cards(viewer uuid) returns table (
  uuid uuid,
  folder text,
  "user" json,
  last_message json,
  unread_count integer
)
language sql stable
as $$
  select
    conversation.uuid,
    conversation.folder,
    row_to_json(other),
    (
      select json_build_object(
        'message', message.message,
        'created_at', iso(message.created_at),
        'user_uuid', message.user_uuid
      )
      from messages message
      where message.message_group_uuid = conversation.uuid and message.expires_at > now()
      order by message.uuid desc
      limit 1
    ),
    (
      select count(*)::integer
      from (
        select
        from messages message
        where message.message_group_uuid = conversation.uuid
          and message.uuid > coalesce(conversation.last_read_uuid, '00000000-0000-0000-0000-000000000000')
          and message.user_uuid = conversation.other_uuid
          and message.expires_at > now()
        order by message.uuid desc
        limit 100
      ) unread
    )
  from visible_conversations(conversation_cards.viewer) conversation
  join shown_users() other on other.uuid = conversation.other_uuid
$$;

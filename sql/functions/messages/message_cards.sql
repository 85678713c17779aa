-- Returns messages as JSON of the API (message in worker/contract/message.ts). The caller must check that the viewer is a member
-- of the conversation. Select one by its uuid, in a lateral with limit 1.
create or replace function message_cards() returns table (
  uuid uuid,
  message_group_uuid uuid,
  message text,
  created_at timestamptz,
  expires_at timestamptz,
  "user" json
)
language sql stable
as $$
  select
    message.uuid,
    message.message_group_uuid,
    message.message,
    message.created_at,
    message.expires_at,
    row_to_json(author)
  from messages message
  join shown_users() author on author.uuid = message.user_uuid
  where message.expires_at > now()
$$;

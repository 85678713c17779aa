-- Conversations with messages of the last six hours are unread.
insert into message_group_members (message_group_uuid, user_uuid, last_message_uuid, last_received_uuid, last_read_uuid)
select conversation.uuid, member.uuid, last, received, case when uuid_extract_timestamp(last) < now() - interval '6 hours' then last end
from message_groups conversation
cross join lateral (values (low_user_uuid), (high_user_uuid)) member (uuid)
join (
  select message_group_uuid, max(uuid::text)::uuid as last from messages group by message_group_uuid
) sent on sent.message_group_uuid = conversation.uuid
left join (
  select message_group_uuid, user_uuid, max(uuid::text)::uuid as received from messages group by message_group_uuid, user_uuid
) incoming on incoming.message_group_uuid = conversation.uuid and incoming.user_uuid <> member.uuid

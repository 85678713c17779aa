-- Marks a conversation as read up to its newest live message, and never back to one before: who waited here for another read
-- does not see what has come since. No row: the viewer does not take part in it.
-- $1 viewer_sub text, $2 viewer_auth_time bigint, $3 message_group_uuid uuid
update message_group_members
set last_read_uuid = greatest(
  (
    select message.uuid
    from live_messages(message_group_members.user_uuid) message
    where message.message_group_uuid = $3::uuid
    order by message.uuid desc
    limit 1
  ),
  message_group_members.last_read_uuid
)
where message_group_members.message_group_uuid = $3::uuid
  and message_group_members.user_uuid = viewer_uuid($1::text, $2::bigint)
returning message_group_members.message_group_uuid as uuid

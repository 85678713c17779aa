-- no transaction
-- The previous release still uses message_group_members__in_order and message_group_members__unread. A later one drops them.

alter table message_group_members validate constraint message_group_members__folder;

drop index concurrently if exists message_group_members__by_folder;
create index concurrently message_group_members__by_folder
on message_group_members (user_uuid, folder, last_message_uuid desc);

drop index concurrently if exists message_group_members__unread_inbox;
create index concurrently message_group_members__unread_inbox
on message_group_members (user_uuid, last_received_uuid desc)
where folder = 'inbox' and last_received_uuid is not null and (last_read_uuid is null or last_read_uuid < last_received_uuid);

-- Where a conversation stands in each member's list, and whether it holds something for them: kept on the member's row, so
-- that neither the list nor the number beside it looks into every conversation that somebody has.

alter table message_group_members
  add column last_message_uuid uuid,
  add column last_received_uuid uuid;

comment on column message_group_members.last_message_uuid is 'The newest message of the conversation; it may be swept already.';
comment on column message_group_members.last_received_uuid is 'The newest message of the other; it may be swept already.';

create function note_message() returns trigger
language plpgsql
as $$
begin
  update message_group_members
  set last_message_uuid = greatest(last_message_uuid, new.uuid),
      last_received_uuid = case when user_uuid = new.user_uuid then last_received_uuid
        else greatest(last_received_uuid, new.uuid) end
  where message_group_uuid = new.message_group_uuid;
  return null;
end
$$;

create trigger messages__note after insert on messages
for each row execute function note_message();

update message_group_members
set last_message_uuid = (
      select messages.uuid
      from messages
      where messages.message_group_uuid = message_group_members.message_group_uuid
      order by messages.uuid desc
      limit 1
    ),
    last_received_uuid = (
      select messages.uuid
      from messages
      where messages.message_group_uuid = message_group_members.message_group_uuid
        and messages.user_uuid <> message_group_members.user_uuid
      order by messages.uuid desc
      limit 1
    );

create index message_group_members__in_order on message_group_members (user_uuid, last_message_uuid desc);
create index message_group_members__unread on message_group_members (user_uuid, last_received_uuid desc)
where last_received_uuid is not null and (last_read_uuid is null or last_read_uuid < last_received_uuid);

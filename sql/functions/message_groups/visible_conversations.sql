-- Returns the viewer's conversations, without declined ones and those with hidden users: the viewer's folder, the other member, the
-- last message, the last one that the viewer received, and the last one that the viewer read.
create or replace function visible_conversations(viewer uuid) returns table (
  uuid uuid,
  folder text,
  other_uuid uuid,
  last_message_uuid uuid,
  last_received_uuid uuid,
  last_read_uuid uuid
)
language sql stable
as $$
  select
    mine.message_group_uuid,
    mine.folder,
    other.user_uuid,
    mine.last_message_uuid,
    mine.last_received_uuid,
    mine.last_read_uuid
  from message_group_members mine
  -- The limit makes Postgres begin with the viewer's rows: it expects that few members are not hidden, and would scan them all.
  cross join lateral (
    select members.user_uuid
    from message_group_members members
    where members.message_group_uuid = mine.message_group_uuid and members.user_uuid <> mine.user_uuid
    limit 1
  ) other
  where mine.user_uuid = visible_conversations.viewer
    and mine.folder <> 'declined'
    and other.user_uuid <> all (array(select hidden.uuid from hidden_users(visible_conversations.viewer) hidden))
$$;

-- Returns one of the viewer's conversations, by its uuid or by the other member's handle. No row: it is unknown, of others or declined.
create or replace function read_message_group(viewer_sub text, conversation_uuid uuid, handle text) returns table (
  uuid uuid,
  folder text,
  "user" json,
  last_message json,
  unread_count integer
)
language plpgsql stable security definer
set plan_cache_mode = force_generic_plan
set enable_memoize = off
as $$
declare
  viewer constant uuid := find_viewer(read_message_group.viewer_sub);
  conversation uuid := read_message_group.conversation_uuid;
begin
  if conversation is null then
    select pair.uuid into conversation
    from users other
    join message_groups pair
      on pair.low_user_uuid = least(viewer, other.uuid) and pair.high_user_uuid = greatest(viewer, other.uuid)
    where other.handle = lower(read_message_group.handle);
  end if;

  return query
  select card.uuid, card.folder, card."user", card.last_message, card.unread_count
  from conversation_cards(viewer) card
  where card.uuid = conversation
  limit 1;
end
$$;

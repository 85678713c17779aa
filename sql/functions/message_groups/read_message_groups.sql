-- Returns a page of the viewer's conversations in a folder (inbox or requests) that have a live message, latest first. All messages
-- have the same TTL, so it suffices to check the last one. Pages by the uuid of the last message: before null, from the latest.
create or replace function read_message_groups(viewer_sub text, listed_folder text, before uuid, page_size integer) returns table (
  uuid uuid,
  folder text,
  "user" json,
  last_message json,
  unread_count integer,
  "position" uuid
)
language plpgsql stable security definer
set plan_cache_mode = force_generic_plan
set enable_memoize = off
as $$
declare
  viewer constant uuid := find_viewer(read_message_groups.viewer_sub);
begin
  return query
  select card.uuid, card.folder, card."user", card.last_message, card.unread_count, page.last_message_uuid
  from (
    select latest.uuid, latest.last_message_uuid
    from (
      select conversation.uuid, conversation.last_message_uuid
      from visible_conversations(viewer) conversation
      where conversation.folder = read_message_groups.listed_folder
        and conversation.last_message_uuid < coalesce(read_message_groups.before, 'ffffffff-ffff-ffff-ffff-ffffffffffff')
        and (
          select message.expires_at > now() from messages message where message.uuid = conversation.last_message_uuid
        )
      order by conversation.last_message_uuid desc
      -- A constant: with a parameter a generic plan would expect a tenth of the table.
      limit 101
    ) latest
    limit read_message_groups.page_size
  ) page
  cross join lateral (
    select cards.* from conversation_cards(viewer) cards where cards.uuid = page.uuid limit 1
  ) card
  order by page.last_message_uuid desc;
end
$$;

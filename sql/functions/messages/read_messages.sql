-- Returns a page of live messages of one of the viewer's conversations, newest first. Pages by uuid: before null, from the newest.
-- No row: there are none, or the viewer is not a member.
create or replace function read_messages(viewer_sub text, conversation_uuid uuid, before uuid, page_size integer)
returns table (
  uuid uuid,
  message_group_uuid uuid,
  message text,
  created_at timestamptz,
  expires_at timestamptz,
  "user" json
)
language plpgsql stable security definer
set plan_cache_mode = force_generic_plan
set enable_memoize = off
as $$
declare
  viewer constant uuid := find_viewer(read_messages.viewer_sub);
begin
  return query
  select card.uuid, card.message_group_uuid, card.message, card.created_at, card.expires_at, card."user"
  from (
    select newest.uuid
    from (
      select sent.uuid
      from messages sent
      where sent.message_group_uuid = read_messages.conversation_uuid
        and sent.uuid < coalesce(read_messages.before, 'ffffffff-ffff-ffff-ffff-ffffffffffff')
        and sent.expires_at > now()
        and exists (
          select from visible_conversations(viewer) conversation where conversation.uuid = read_messages.conversation_uuid
        )
      order by sent.uuid desc
      -- A constant: with a parameter a generic plan would expect a tenth of the table.
      limit 101
    ) newest
    limit read_messages.page_size
  ) page
  cross join lateral (
    select cards.* from message_cards() cards where cards.uuid = page.uuid limit 1
  ) card
  order by card.uuid desc;
end
$$;

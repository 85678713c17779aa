-- Returns the number of conversations with unread messages, at most 100, without requests and without those with muted users. All
-- messages have the same TTL: if the last one that the viewer received has expired, all others have too.
create or replace function count_unread_conversations(viewer_sub text) returns table (count integer)
language plpgsql stable security definer
set plan_cache_mode = force_generic_plan
set enable_memoize = off
as $$
declare
  viewer constant uuid := find_viewer(count_unread_conversations.viewer_sub);
begin
  return query
  select count(*)::integer
  from (
    select
    from visible_conversations(viewer) conversation
    where conversation.folder = 'inbox'
      and conversation.last_received_uuid is not null
      and conversation.other_uuid <> all (array(select muted.uuid from muted_users(viewer) muted))
      and (conversation.last_read_uuid is null or conversation.last_read_uuid < conversation.last_received_uuid)
      and (
        select message.expires_at > now() from messages message where message.uuid = conversation.last_received_uuid
      )
    order by conversation.last_received_uuid desc
    limit 100
  ) unread;
end
$$;

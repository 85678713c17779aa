-- Returns a page of live messages of the viewer's conversations, newest first; none of declined conversations and
-- of those with hidden users, which the site does not show either. Pages by position: before null, from the newest.
create or replace function read_exported_messages(viewer_sub text, before uuid, page_size integer)
returns table (
  uuid uuid,
  conversation_with text,
  written_by text,
  message text,
  created_at timestamptz,
  expires_at timestamptz,
  "position" uuid
)
language plpgsql stable security definer
set plan_cache_mode = force_generic_plan
set enable_memoize = off
as $$
declare
  viewer constant uuid := find_viewer(read_exported_messages.viewer_sub);
begin
  return query
  select
    sent.uuid,
    other.handle,
    case when sent.user_uuid = viewer then 'me' else 'them' end,
    sent.message,
    sent.created_at,
    sent.expires_at,
    sent.uuid
  from message_group_members mine
  cross join lateral (
    select member.uuid, member.handle
    from message_group_members theirs
    join users member on member.uuid = theirs.user_uuid
    where theirs.message_group_uuid = mine.message_group_uuid and theirs.user_uuid <> viewer
    limit 1
  ) other
  cross join lateral (
    select live.uuid, live.user_uuid, live.message, live.created_at, live.expires_at
    from messages live
    where live.message_group_uuid = mine.message_group_uuid
      and live.expires_at > now()
      and live.uuid < coalesce(read_exported_messages.before, 'ffffffff-ffff-ffff-ffff-ffffffffffff')
    order by live.uuid desc
    limit 150
  ) sent
  where mine.user_uuid = viewer
    and mine.folder <> 'declined'
    and other.uuid <> all (array(select hidden.uuid from hidden_users(viewer) hidden))
  order by sent.uuid desc
  limit read_exported_messages.page_size;
end
$$;

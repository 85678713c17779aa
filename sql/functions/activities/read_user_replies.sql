-- Returns a page of a user's visible replies, newest first. Pages by position: before null, from the newest. No rows if the user
-- is hidden from the viewer.
create or replace function read_user_replies(viewer_sub text, handle text, before uuid, page_size integer)
returns table (activity json, "position" uuid)
language plpgsql stable security definer
set plan_cache_mode = force_generic_plan
set enable_memoize = off
as $$
declare
  viewer constant uuid := find_viewer(read_user_replies.viewer_sub);
  author constant uuid := find_user_unless_hidden(viewer, read_user_replies.handle);
begin
  return query
  select card.activity, page.uuid
  from (
    select reply.uuid
    from (
      select candidate.uuid
      from activities candidate
      where candidate.user_uuid = author
        and candidate.reply_to_activity_uuid is not null
        and candidate.uuid < coalesce(read_user_replies.before, 'ffffffff-ffff-ffff-ffff-ffffffffffff')
        and (select true from visible_activities(viewer) visible where visible.uuid = candidate.uuid)
      order by candidate.uuid desc
      -- A constant: with a parameter a generic plan would expect a tenth of the table.
      limit 101
    ) reply
    limit read_user_replies.page_size
  ) page
  cross join lateral (
    select cards.activity from activity_cards(viewer) cards where cards.uuid = page.uuid limit 1
  ) card
  order by page.uuid desc;
end
$$;

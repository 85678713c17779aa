-- Returns a page of listed replies to an activity, oldest first. Pages by position: after null, from the first.
create or replace function read_replies(viewer_sub text, activity_uuid uuid, after uuid, page_size integer)
returns table (activity json, "position" uuid)
language plpgsql stable security definer
set plan_cache_mode = force_generic_plan
as $$
declare
  viewer constant uuid := find_viewer(read_replies.viewer_sub);
begin
  return query
  select card.activity, page.uuid
  from (
    select reply.uuid
    from (
      select candidate.uuid
      from activities candidate
      where candidate.reply_to_activity_uuid = read_replies.activity_uuid
        and candidate.uuid > coalesce(read_replies.after, '00000000-0000-0000-0000-000000000000')
        and (select true from listed_activities(viewer) listed where listed.uuid = candidate.uuid)
      order by candidate.uuid
      limit 101
    ) reply
    limit read_replies.page_size
  ) page
  cross join lateral (
    select cards.activity from activity_cards(viewer) cards where cards.uuid = page.uuid limit 1
  ) card
  order by page.uuid;
end
$$;

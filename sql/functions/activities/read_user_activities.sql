-- Returns a page of a user's activities and reposts, newest first. Each activity once: reposts of their own are left out. Pages
-- by position: before null, from the newest. No rows if the user is hidden from the viewer.
create or replace function read_user_activities(viewer_sub text, handle text, before uuid, page_size integer)
returns table (activity json, "position" uuid, reposted_by json)
language plpgsql stable security definer
set plan_cache_mode = force_generic_plan
set enable_memoize = off
as $$
declare
  viewer constant uuid := find_viewer(read_user_activities.viewer_sub);
  actor constant uuid := find_user_unless_hidden(viewer, read_user_activities.handle);
begin
  return query
  select card.activity, page.uuid, case when page.kind = 'repost' then row_to_json(reposter) end
  from (
    select item.uuid, item.activity_uuid, item.kind
    from (
      select candidate.uuid, candidate.activity_uuid, candidate.kind
      from feed_items candidate
      where candidate.actor_uuid = actor
        and candidate.uuid < coalesce(read_user_activities.before, 'ffffffff-ffff-ffff-ffff-ffffffffffff')
        and (
          select candidate.kind <> 'repost' or visible.user_uuid <> actor
          from visible_activities(viewer) visible
          where visible.uuid = candidate.activity_uuid
        )
      order by candidate.uuid desc
      -- A constant: with a parameter a generic plan would expect a tenth of the table.
      limit 101
    ) item
    limit read_user_activities.page_size
  ) page
  join shown_users() reposter on reposter.uuid = actor
  cross join lateral (
    select cards.activity from activity_cards(viewer) cards where cards.uuid = page.activity_uuid limit 1
  ) card
  order by page.uuid desc;
end
$$;

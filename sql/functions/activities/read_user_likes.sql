-- Returns a page of visible activities that a user has liked, latest like first. Pages by position: before null, from the latest.
-- No rows if the user is hidden from the viewer.
create or replace function read_user_likes(viewer_sub text, handle text, before uuid, page_size integer)
returns table (activity json, "position" uuid)
language plpgsql stable security definer
set plan_cache_mode = force_generic_plan
set enable_memoize = off
as $$
declare
  viewer constant uuid := find_viewer(read_user_likes.viewer_sub);
  liker constant uuid := find_user_unless_hidden(viewer, read_user_likes.handle);
begin
  return query
  select card.activity, page.uuid
  from (
    select liked.uuid, liked.activity_uuid
    from (
      select likes.uuid, likes.activity_uuid
      from likes
      where likes.user_uuid = liker
        and likes.uuid < coalesce(read_user_likes.before, 'ffffffff-ffff-ffff-ffff-ffffffffffff')
        and (select true from visible_activities(viewer) visible where visible.uuid = likes.activity_uuid)
      order by likes.uuid desc
      -- A constant: with a parameter a generic plan would expect a tenth of the table.
      limit 101
    ) liked
    limit read_user_likes.page_size
  ) page
  cross join lateral (
    select cards.activity from activity_cards(viewer) cards where cards.uuid = page.activity_uuid limit 1
  ) card
  order by page.uuid desc;
end
$$;

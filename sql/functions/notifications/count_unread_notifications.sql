-- Returns the number of the viewer's unread notifications and when the first of them expires (null: none is unread), and the number
-- of follow requests that wait for the viewer. Either number is at most 100.
create or replace function count_unread_notifications(viewer_sub text)
returns table (count integer, until text, follow_requests integer)
language plpgsql stable security definer
set plan_cache_mode = force_generic_plan
set enable_memoize = off
as $$
declare
  viewer constant uuid := find_viewer(count_unread_notifications.viewer_sub);
begin
  return query
  select count(*)::integer, iso(min(unread.expires_at)), (
    select count(*)::integer
    from (
      select
      from follow_requests request
      where request.followed_uuid = viewer
        and request.follower_uuid <> all (array(select hidden.uuid from hidden_users(viewer) hidden))
      limit 100
    ) waiting
  )
  from (
    select notification.expires_at
    from visible_notifications(viewer) notification
    where notification.read_at is null
    order by notification.uuid desc
    limit 100
  ) unread;
end
$$;

-- Returns the number of unread notifications, at most 100, and when the first of those expires (null: none is unread).
create or replace function read_unread_count(viewer_sub text) returns table (count integer, until text)
language plpgsql stable security definer
set plan_cache_mode = force_generic_plan
set enable_memoize = off
as $$
declare
  viewer constant uuid := find_viewer(read_unread_count.viewer_sub);
begin
  return query
  select count(*)::integer, iso(min(unread.expires_at))
  from (
    select notification.expires_at
    from visible_notifications(viewer) notification
    where notification.read_at is null
    order by notification.uuid desc
    limit 100
  ) unread;
end
$$;

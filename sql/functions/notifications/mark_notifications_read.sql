-- Marks the viewer's notifications as read, up to and including one. Returns the new unread count (count_unread_notifications).
create or replace function mark_notifications_read(viewer_sub text, up_to uuid)
returns table (count integer, until text, follow_requests integer)
language plpgsql security definer
as $$
declare
  viewer constant uuid := find_viewer(mark_notifications_read.viewer_sub);
begin
  update notifications notification
  set read_at = now()
  where notification.recipient_uuid = viewer
    and notification.uuid <= mark_notifications_read.up_to
    and notification.read_at is null;

  return query
  select unread.count, unread.until, unread.follow_requests
  from count_unread_notifications(mark_notifications_read.viewer_sub) unread;
end
$$;

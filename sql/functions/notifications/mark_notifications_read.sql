-- Marks the viewer's notifications as read, up to and including one by its uuid.
create or replace function mark_notifications_read(viewer_sub text, up_to uuid) returns void
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
end
$$;

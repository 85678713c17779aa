-- Deletes the viewer's push subscription with an endpoint. Idempotent.
create or replace function delete_push_subscription(viewer_sub text, endpoint text) returns void
language plpgsql security definer
as $$
begin
  delete from push_subscriptions ended
  where ended.endpoint = delete_push_subscription.endpoint
    and ended.user_uuid = find_viewer(delete_push_subscription.viewer_sub);
end
$$;

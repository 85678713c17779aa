-- Returns a page of the viewer's push subscriptions, latest first: the host of the push service alone, since the endpoint is an
-- address of the browser. Pages by position: before null, from the latest.
create or replace function read_exported_push_subscriptions(viewer_sub text, before uuid, page_size integer)
returns table (push_service text, created_at timestamptz, "position" uuid)
language plpgsql stable security definer
set plan_cache_mode = force_generic_plan
set enable_memoize = off
as $$
declare
  viewer constant uuid := find_viewer(read_exported_push_subscriptions.viewer_sub);
begin
  return query
  select substring(page.endpoint from '^https?://([^/]+)'), page.created_at, page.uuid
  from (
    select subscription.endpoint, subscription.created_at, subscription.uuid
    from push_subscriptions subscription
    where subscription.user_uuid = viewer
      and subscription.uuid < coalesce(read_exported_push_subscriptions.before, 'ffffffff-ffff-ffff-ffff-ffffffffffff')
    order by subscription.uuid desc
    limit 1000
  ) page
  order by page.uuid desc
  limit read_exported_push_subscriptions.page_size;
end
$$;

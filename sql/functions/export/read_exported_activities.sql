-- Returns a page of the viewer's visible activities and replies, newest first. Pages by position: before null, from the newest.
create or replace function read_exported_activities(viewer_sub text, before uuid, page_size integer)
returns table (
  uuid uuid,
  message text,
  warning text,
  created_at timestamptz,
  expires_at timestamptz,
  audience text,
  who_can_reply text,
  reply_to_activity_uuid uuid,
  images jsonb,
  likes_count integer,
  reposts_count integer,
  "position" uuid
)
language plpgsql stable security definer
set plan_cache_mode = force_generic_plan
set enable_memoize = off
as $$
declare
  viewer constant uuid := find_viewer(read_exported_activities.viewer_sub);
begin
  return query
  select
    page.uuid,
    page.message,
    page.warning,
    page.created_at,
    page.expires_at,
    page.audience,
    page.who_can_reply,
    page.reply_to_activity_uuid,
    page.images,
    page.likes_count,
    page.reposts_count,
    page.uuid
  from (
    select
      activity.uuid,
      activity.message,
      activity.warning,
      activity.created_at,
      activity.expires_at,
      activity.audience,
      case when activity.reply_to_activity_uuid is null then activity.who_can_reply else (
        select root.who_can_reply from activities root where root.uuid = activity.root_uuid
      ) end as who_can_reply,
      activity.reply_to_activity_uuid,
      activity.images,
      activity.likes_count,
      activity.reposts_count
    from visible_activities(viewer) activity
    where activity.user_uuid = viewer
      and activity.uuid < coalesce(read_exported_activities.before, 'ffffffff-ffff-ffff-ffff-ffffffffffff')
    order by activity.uuid desc
    -- A constant: with a parameter a generic plan would expect a tenth of the table.
    limit 150
  ) page
  order by page.uuid desc
  limit read_exported_activities.page_size;
end
$$;

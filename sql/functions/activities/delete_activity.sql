-- Deletes the viewer's own activity with all its replies, and returns the pages to purge (purge_targets) and the images that
-- were deleted. CR410: the viewer may not see it. CR403: it is another user's.
create or replace function delete_activity(viewer_sub text, activity_uuid uuid)
returns table (purge_targets json, image_uuids json)
language plpgsql security definer
as $$
declare
  viewer constant uuid := find_viewer(delete_activity.viewer_sub);
  deleted activities;
  targets json;
begin
  deleted := lock_own_activity(viewer, delete_activity.activity_uuid);
  targets := purge_targets(deleted.uuid);
  return query select targets, to_json(end_activity(deleted));
end
$$;

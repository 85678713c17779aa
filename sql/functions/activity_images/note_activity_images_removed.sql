-- Records that the objects of these images were deleted from the bucket. Those whose upload may not have ended are deleted once more.
create or replace function note_activity_images_removed(image_uuids uuid[]) returns void
language plpgsql security definer
as $$
begin
  delete from activity_image_removals removal
  where removal.image_uuid = any (note_activity_images_removed.image_uuids) and removal.settles_at <= now();

  update activity_image_removals removal
  set removed_at = now()
  where removal.image_uuid = any (note_activity_images_removed.image_uuids);
end
$$;

-- Deletes the viewer's own image that is not attached to an activity. CR414: it does not exist, or is another user's. CR409: it
-- is attached.
create or replace function delete_image(viewer_sub text, image_uuid uuid) returns void
language plpgsql security definer
as $$
declare
  viewer constant uuid := find_viewer(delete_image.viewer_sub);
  image activity_images;
begin
  select own.* into image
  from activity_images own
  where own.uuid = delete_image.image_uuid and own.user_uuid = viewer
  for update;
  if not found then
    raise exception using errcode = 'CR414', message = 'no such image';
  elsif image.activity_uuid is not null then
    raise exception using errcode = 'CR409', message = 'the image is attached';
  end if;

  delete from activity_images where activity_images.uuid = image.uuid;
end
$$;

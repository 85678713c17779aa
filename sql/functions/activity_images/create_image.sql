-- Creates the row of an image that the viewer uploads, before its object is stored. Unless it is attached to an
-- activity within an hour, the sweep deletes it.
create or replace function create_image(viewer_sub text, width integer, height integer, placeholder text)
returns table (uuid uuid, created_at timestamptz)
language plpgsql security definer
as $$
declare
  viewer constant uuid := find_viewer(create_image.viewer_sub);
begin
  return query
  insert into activity_images (user_uuid, width, height, placeholder)
  values (viewer, create_image.width, create_image.height, create_image.placeholder)
  returning activity_images.uuid, activity_images.created_at;
end
$$;

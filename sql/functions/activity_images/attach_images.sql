-- Attaches the images of an activity that was just written. The caller has locked them (lock_unattached_images) or their previous
-- activity.
create or replace function attach_images(written activities) returns void
language plpgsql
as $$
begin
  if written.images is not null then
    update activity_images
    set activity_uuid = written.uuid
    where activity_images.uuid in (
      select (image ->> 'uuid')::uuid from jsonb_array_elements(written.images) image
    );
  end if;
end
$$;

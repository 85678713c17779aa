-- Deletes images that were uploaded at least an hour ago and never attached to an activity. Returns the number of deleted rows.
create or replace function sweep_unattached_images(batch_size integer) returns table (count integer)
language plpgsql security definer
as $$
begin
  delete from activity_images swept
  where swept.uuid = any (array(
    select due.uuid
    from activity_images due
    where due.activity_uuid is null and due.created_at <= now() - interval '1 hour'
    limit sweep_unattached_images.batch_size
    for update skip locked
  ));
  get diagnostics count = row_count;
  return next;
end
$$;

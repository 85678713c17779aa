-- Deletes notifications without an activity after 30 days; all others are deleted with their activity. Returns the number of
-- deleted rows.
create or replace function sweep_notifications(batch_size integer) returns table (count integer)
language plpgsql security definer
as $$
begin
  delete from notifications swept
  where swept.uuid = any (array(
    select due.uuid
    from notifications due
    where due.activity_uuid is null and due.created_at <= now() - interval '30 days'
    limit sweep_notifications.batch_size
    for update skip locked
  ));
  get diagnostics count = row_count;
  return next;
end
$$;

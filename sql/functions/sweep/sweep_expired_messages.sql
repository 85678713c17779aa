-- Deletes expired messages. Returns the number of deleted rows.
create or replace function sweep_expired_messages(batch_size integer) returns table (count integer)
language plpgsql security definer
as $$
begin
  delete from messages swept
  where swept.uuid = any (array(
    select due.uuid
    from messages due
    where due.expires_at <= now()
    limit sweep_expired_messages.batch_size
    for update skip locked
  ));
  get diagnostics count = row_count;
  return next;
end
$$;

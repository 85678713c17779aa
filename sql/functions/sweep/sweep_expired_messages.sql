-- Deletes expired messages. Returns the number of deleted rows.
create or replace function sweep_expired_messages(batch_size integer) returns table (count integer)
language plpgsql security definer
as $$
begin
  delete from messages swept
  where swept.uuid = any (array(
    select old.uuid
    from messages old
    where old.expires_at <= now()
    limit sweep_expired_messages.batch_size
    for update skip locked
  ));
  get diagnostics count = row_count;
  return next;
end
$$;

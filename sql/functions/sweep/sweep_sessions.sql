-- Deletes sessions whose tokens have all expired: 31 days after they began (refresh tokens live 30 days), or two days after Cognito
-- revoked them (access tokens live a day at most). Returns the number of deleted rows.
create or replace function sweep_sessions(batch_size integer) returns table (count integer)
language plpgsql security definer
as $$
begin
  delete from sessions swept
  where swept.uuid = any (array(
    select due.uuid
    from sessions due
    where due.created_at <= now() - interval '31 days' or due.revoked_at <= now() - interval '2 days'
    limit sweep_sessions.batch_size
    for update skip locked
  ));
  get diagnostics count = row_count;
  return next;
end
$$;

-- Deletes sessions of which no token can count any more: 31 days after they began, when refresh tokens have expired, or two
-- days after Cognito has revoked them, when access tokens have, which live for a day at most. Returns how many.
create or replace function sweep_sessions(batch_size integer) returns table (count integer)
language plpgsql security definer
as $$
begin
  delete from sessions swept
  where swept.uuid = any (array(
    select old.uuid
    from sessions old
    where old.created_at <= now() - interval '31 days' or old.revoked_at <= now() - interval '2 days'
    limit sweep_sessions.batch_size
    for update skip locked
  ));
  get diagnostics count = row_count;
  return next;
end
$$;

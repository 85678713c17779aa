-- Resets counters (cleared), and takes one attempt back from others (given_back), since it did not fail.
create or replace function settle_auth_attempts(cleared text[], given_back text[]) returns void
language plpgsql security definer
as $$
begin
  -- Lock in order of the hash, as spend_auth_attempts does.
  perform from auth_attempts stored
  where stored.hash = any (settle_auth_attempts.cleared || settle_auth_attempts.given_back)
  order by stored.hash
  for update;

  delete from auth_attempts stored where stored.hash = any (settle_auth_attempts.cleared);
  update auth_attempts stored
  set count = stored.count - 1
  where stored.hash = any (settle_auth_attempts.given_back) and stored.count > 0;
end
$$;

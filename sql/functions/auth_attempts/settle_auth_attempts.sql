-- Resets counters (cleared), and takes one attempt back from others (given_back), since it did not fail.
create or replace function settle_auth_attempts(cleared text[], given_back text[]) returns void
language plpgsql security definer
as $$
begin
  -- Lock in order of the hash, as spend_auth_attempts does.
  perform from auth_attempts held
  where held.hash = any (settle_auth_attempts.cleared || settle_auth_attempts.given_back)
  order by held.hash
  for update;

  delete from auth_attempts held where held.hash = any (settle_auth_attempts.cleared);
  update auth_attempts held
  set count = held.count - 1
  where held.hash = any (settle_auth_attempts.given_back) and held.count > 0;
end
$$;

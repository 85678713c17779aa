-- Locks two users until the transaction ends, so that concurrent changes of their follows and blocks wait for each other. Always
-- in order of uuid, as in the trigger that counts follows, to avoid deadlocks.
create or replace function lock_users(one uuid, other uuid) returns void
language plpgsql
as $$
begin
  perform from users where users.uuid = least(lock_users.one, lock_users.other) for no key update;
  perform from users where users.uuid = greatest(lock_users.one, lock_users.other) for no key update;
end
$$;

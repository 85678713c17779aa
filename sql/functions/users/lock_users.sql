-- Locks two users until the transaction ends, so that those who change what the two are to each other take turns. Always in
-- order of uuid, as the trigger that counts follows does.
create or replace function lock_users(one uuid, other uuid) returns void
language plpgsql
as $$
begin
  perform from users where users.uuid = least(lock_users.one, lock_users.other) for no key update;
  perform from users where users.uuid = greatest(lock_users.one, lock_users.other) for no key update;
end
$$;

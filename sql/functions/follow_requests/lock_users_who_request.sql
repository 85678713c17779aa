-- Locks a user, and all users with a request to follow them, until the transaction ends; in order of uuid, as lock_users does. A
-- new request locks the user too, so it waits until then.
create or replace function lock_users_who_request(followed uuid) returns void
language plpgsql
as $$
begin
  perform from users
  where users.uuid = lock_users_who_request.followed
    or users.uuid = any (array(
      select request.follower_uuid from follow_requests request
      where request.followed_uuid = lock_users_who_request.followed
    ))
  order by users.uuid
  for no key update;
end
$$;

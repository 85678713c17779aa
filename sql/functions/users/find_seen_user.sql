-- Returns the user with a handle; null if it is unknown, the account is deleted, or one of the two has blocked the other.
create or replace function find_seen_user(viewer uuid, handle text) returns uuid
language sql stable
as $$
  select seen.uuid
  from users seen
  where seen.handle = lower(find_seen_user.handle)
    and seen.uuid <> all (array(select hidden.uuid from hidden_users(find_seen_user.viewer) hidden))
$$;

-- Returns the user with a handle; null if it is unknown, the account is deleted, or one of the two has blocked the other.
create or replace function find_user_unless_hidden(viewer uuid, handle text) returns uuid
language sql stable
as $$
  select person.uuid
  from users person
  where person.handle = lower(find_user_unless_hidden.handle)
    and person.uuid <> all (array(select hidden.uuid from hidden_users(find_user_unless_hidden.viewer) hidden))
$$;

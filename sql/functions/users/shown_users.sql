-- Returns users as the API shows them (user in worker/contract/user.ts). The caller must filter hidden users. row_to_json makes a
-- row JSON; it costs half of json_build_object, which looks up the type of each key.
create or replace function shown_users() returns table (uuid uuid, handle text, display_name text, avatar_url text)
language sql stable
as $$
  select person.uuid, person.handle, person.display_name, avatar_url(person) from users person
$$;

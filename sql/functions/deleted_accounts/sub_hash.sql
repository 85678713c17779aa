-- Returns the hash that deleted_subs stores for a sub. Unkeyed, since a sub is random and cannot be guessed.
create or replace function sub_hash(sub text) returns text
language sql immutable
as $$
  select encode(sha256(convert_to(sub_hash.sub, 'UTF8')), 'hex')
$$;

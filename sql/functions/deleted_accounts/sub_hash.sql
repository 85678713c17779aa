-- Hash by which the sub of a deleted account is kept. A sub is random: whoever does not know it cannot try all.
create or replace function sub_hash(sub text) returns text
language sql immutable
as $$
  select encode(sha256(convert_to(sub_hash.sub, 'UTF8')), 'hex')
$$;

-- Takes tries back that were counted together if one of them was one too many: none of them is made.
-- $1 hashes text[], $2 most integer[] (how many there may be of each)
update auth_attempts
set count = auth_attempts.count - 1
where auth_attempts.hash = any($1::text[])
  and exists (
    select from unnest($1::text[], $2::integer[]) as quota (hash, most)
    join auth_attempts held on held.hash = quota.hash
    where held.count > quota.most
  )
returning auth_attempts.hash

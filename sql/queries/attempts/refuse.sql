-- Takes tries back that were counted together where one of them was one too many: none of them is made.
-- $1 hashes text[], $2 most integer[] (how many there may be of each)
update attempts
set count = attempts.count - 1
where attempts.hash = any($1::text[])
  and exists (
    select from unnest($1::text[], $2::integer[]) as quota (hash, most)
    join attempts held on held.hash = quota.hash
    where held.count > quota.most
  )
returning attempts.hash

-- Those of the proposed handles that nobody has, and that are not reserved, in the order proposed.
-- $1 handles text[], $2 hashes text[] (of the handles, in the same order)
select proposed.handle
from unnest($1::text[], $2::text[]) with ordinality as proposed (handle, hash, place)
where not exists (select from users where users.handle = proposed.handle)
  and not exists (
    select from reserved_handles where reserved_handles.hash = proposed.hash and reserved_handles.until > now()
  )
order by proposed.place

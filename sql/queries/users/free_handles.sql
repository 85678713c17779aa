-- Those of the proposed handles that nobody has, in the order proposed.
-- $1 handles text[]
select proposed.handle
from unnest($1::text[]) with ordinality as proposed (handle, place)
where not exists (select from users where users.handle = proposed.handle)
order by proposed.place

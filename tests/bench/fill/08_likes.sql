-- The multiples of a prime, modulo the number of users, differ, so that no user likes a crud twice.
insert into likes (uuid, user_uuid, activity_uuid)
select uuidv7((at - now()) * random()), person.uuid, crud.uuid
from crud
cross join generate_series(1, likes) k
join person on person.n = 1 + (crud.n * 17 + k * 104729::bigint) % current_setting('fill.people')::integer
order by 1

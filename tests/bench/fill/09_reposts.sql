insert into reposts (uuid, user_uuid, activity_uuid)
select uuidv7((at - now()) * random()), person.uuid, crud.uuid
from crud
cross join generate_series(1, reposts) k
join person on person.n = 1 + (crud.n * 31 + k * 7919::bigint) % current_setting('fill.people')::integer
order by 1

-- Pictures that are to be removed from the bucket.
-- $1 limit integer
select avatar_removals.avatar_key
from avatar_removals
order by avatar_removals.avatar_key
limit $1::integer

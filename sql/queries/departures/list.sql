-- People who are leaving, and the pictures of theirs that are still to be removed.
-- $1 limit integer
select departures.user_uuid, departures.avatar_key
from departures
order by departures.user_uuid
limit $1::integer

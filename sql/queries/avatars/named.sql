-- Which of these pictures somebody has.
-- $1 avatar_keys text[]
select users.avatar_key
from users
where users.avatar_key = any($1::text[])

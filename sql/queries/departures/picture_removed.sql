-- Notes that a picture is gone.
-- $1 avatar_key text
update departures
set avatar_key = null
where departures.avatar_key = $1::text
returning departures.user_uuid

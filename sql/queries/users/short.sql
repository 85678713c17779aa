-- The least about a person: for links and forms.
-- $1 handle text
select users.uuid, users.handle, users.display_name
from users
where users.handle = lower($1::text)

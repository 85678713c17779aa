-- Takes one try back: it was no failure.
-- $1 hash text
update auth_attempts
set count = auth_attempts.count - 1
where auth_attempts.hash = $1::text and auth_attempts.count > 0

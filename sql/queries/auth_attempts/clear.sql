-- Begins counting anew.
-- $1 hash text
delete from auth_attempts
where auth_attempts.hash = $1::text

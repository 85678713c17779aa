-- Begins counting anew.
-- $1 hash text
delete from attempts
where attempts.hash = $1::text

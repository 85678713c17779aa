-- Takes one try back: it was no failure after all.
-- $1 hash text
update attempts
set count = attempts.count - 1
where attempts.hash = $1::text and attempts.count > 0

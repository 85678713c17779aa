-- Removes the mark of one attempt that confirmed nothing.
-- $1 uuid uuid
delete from password_resets_due
where password_resets_due.uuid = $1::uuid and password_resets_due.reset_at is null

-- Notes that the password of an account was reset through its mailbox.
-- $1 email_hash text
update password_resets_due
set reset_at = now()
where password_resets_due.email_hash = $1::text and password_resets_due.reset_at is null

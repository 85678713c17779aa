-- Marks an account before Cognito is asked to confirm it.
-- $1 email_hash text, $2 proved_sub text (null without proof)
insert into password_resets_due (email_hash, proved_sub)
values ($1::text, $2::text)
returning password_resets_due.uuid

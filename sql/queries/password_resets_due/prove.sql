-- Notes that Cognito confirmed the account for somebody who proved that it is theirs.
-- $1 uuid uuid, $2 proved_sub text
update password_resets_due
set proved_sub = $2::text, confirmed_at = now()
where password_resets_due.uuid = $1::uuid

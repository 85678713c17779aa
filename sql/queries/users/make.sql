-- Makes a person's row unless the sub or the handle has one already: no row is returned then.
-- $1 cognito_sub text, $2 handle text, $3 display_name text, $4 email text
insert into users (cognito_sub, handle, display_name, email)
values ($1::text, $2::text, $3::text, $4::text)
on conflict do nothing
returning users.uuid

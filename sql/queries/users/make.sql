-- Makes a person's row. No row: the sub or the handle has one already, or is that of somebody who has deleted their account.
-- $1 cognito_sub text, $2 handle text, $3 display_name text, $4 email text, $5 handle_hash text
insert into users (cognito_sub, handle, display_name, email)
select $1::text, $2::text, $3::text, $4::text
where not has_departed($1::text)
  and not exists (select from reserved_handles where reserved_handles.hash = $5::text and reserved_handles.until > now())
on conflict do nothing
returning users.uuid

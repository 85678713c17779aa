-- Changes what a person says of themselves; what is null stays as it is.
-- $1 viewer_sub text, $2 viewer_auth_time bigint, $3 display_name text, $4 bio text
update users
set display_name = coalesce($3::text, users.display_name),
    bio = coalesce($4::text, users.bio)
where users.uuid = viewer_uuid($1::text, $2::bigint)
returning users.handle

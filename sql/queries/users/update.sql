-- Changes what a person says of themselves and has chosen for themselves; what is null stays as it is.
-- $1 viewer_sub text, $2 viewer_auth_time bigint, $3 display_name text, $4 bio text,
-- $5 default_ttl text, $6 theme text
update users
set display_name = coalesce($3::text, users.display_name),
    bio = coalesce($4::text, users.bio),
    default_ttl = coalesce($5::text, users.default_ttl),
    theme = coalesce($6::text, users.theme)
where users.uuid = viewer_uuid($1::text, $2::bigint)
returning users.handle

-- Opens a batch that needs a signed-in viewer: raises CR401 (session ended) or CR404 (unknown sub), see 0001_users.
-- $1 viewer_sub text, $2 viewer_auth_time bigint
select require_viewer($1::text, $2::bigint) as uuid

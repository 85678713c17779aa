-- Opens a batch that has a viewer: raises CR401 (session ended) or, where the batch needs somebody, CR404 (unknown sub).
-- uuid: the viewer's; null for an unknown sub. See 0022_sessions.
-- $1 sub text, $2 auth_time bigint, $3 session_hash text, $4 browser text (for the row of a session seen for the first time),
-- $5 is_required boolean
select check_session($1::text, $2::bigint, $3::text, $4::text, $5::boolean) as uuid

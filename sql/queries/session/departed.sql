-- Whether the account that this session is of has been deleted.
-- $1 viewer_sub text
select has_departed($1::text) as departed

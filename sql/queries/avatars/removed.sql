-- Notes that pictures are gone from the bucket.
-- $1 avatar_keys text[]
delete from avatar_removals
where avatar_removals.avatar_key = any($1::text[])

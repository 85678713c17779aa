-- An expiry inside a cursor: ISO 8601 with microseconds.
create or replace function end_position(expires_at timestamptz) returns text
language sql stable
return to_char(end_position.expires_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"');

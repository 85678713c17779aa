-- A time inside JSON, as the API writes it: ISO 8601 with Z, in milliseconds.
create or replace function iso(at timestamptz) returns text
language sql stable
return to_char(iso.at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"');

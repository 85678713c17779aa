-- Formats a time for JSON: ISO 8601 in UTC with milliseconds.
create or replace function iso(at timestamptz) returns text
language sql stable
return to_char(iso.at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"');

-- Returns a user's preferences as JSON of the API (worker/contract/preferences.ts).
create or replace function user_preferences(member users) returns json
language sql stable
return json_build_object(
  'default_ttl', member.default_ttl,
  'default_audience', member.default_audience,
  'approves_followers', member.approves_followers,
  'alt_required', member.alt_required,
  'open_warnings', member.open_warnings,
  'theme', member.theme
);

-- What a user has chosen for themselves, as the API writes it (worker/contract/preferences.ts).
create or replace function user_preferences(member users) returns json
language sql stable
return json_build_object(
  'default_ttl', member.default_ttl,
  'default_audience', member.default_audience,
  'approves_followers', member.approves_followers,
  'theme', member.theme
);

-- Returns a user as JSON of the API (user in worker/contract/user.ts).
create or replace function user_card(shown users) returns json
language sql stable
return json_build_object(
  'uuid', shown.uuid,
  'handle', shown.handle,
  'display_name', shown.display_name,
  'avatar_url', avatar_url(shown)
);

-- Returns the path of a user's avatar (worker/media.ts); null if the client generates one from the handle.
create or replace function avatar_url(shown users) returns text
language sql stable
return '/media/avatars/' || shown.uuid || '/' || shown.avatar_key;

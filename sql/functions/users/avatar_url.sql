-- The path of a user's avatar; null: it is drawn from the handle. worker/media.ts answers it.
create or replace function avatar_url(shown users) returns text
language sql stable
return '/media/avatars/' || shown.uuid || '/' || shown.avatar_key;

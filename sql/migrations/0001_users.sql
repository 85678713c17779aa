-- People, and who asks. A person's row is made at sign-in from Cognito's attributes; Cognito keeps the password.

create table users (
  uuid uuid not null default uuidv7(),
  cognito_sub text not null,
  handle text not null,
  display_name text not null,
  email text not null,
  bio text not null default '',
  avatar_key text,
  signed_out_at timestamptz,
  created_at timestamptz not null default now(),
  constraint users__uuid primary key (uuid),
  constraint users__cognito_sub unique (cognito_sub),
  constraint users__handle unique (handle),
  constraint users__handle_form check (handle ~ '^[a-z0-9_]{1,30}$'),
  constraint users__display_name_length check (display_name <> '' and octet_length(display_name) <= 600),
  constraint users__bio_length check (octet_length(bio) <= 2800)
);

comment on table users is 'People. A handle is stored in lower case, so that it is unique without regard to case.';
comment on column users.cognito_sub is 'The sub claim of the person''s Cognito tokens.';
comment on column users.avatar_key is 'SHA-256 of the picture; null: one is drawn from the handle.';
comment on column users.signed_out_at is 'Sessions whose auth_time is not later than this have ended.';

-- The person whose token this is: null when signed out (null sub), unknown, or when the session has ended.
-- auth_time is the token's claim, in seconds since the epoch: unlike iat it survives a refresh.
create function viewer_uuid(sub text, auth_time bigint) returns uuid
language sql stable parallel safe
return (
  select users.uuid
  from users
  where users.cognito_sub = sub
    and (users.signed_out_at is null or to_timestamp(auth_time) > users.signed_out_at)
);

-- Opens a batch that needs a signed-in viewer. CR401: the session has ended. CR404: nobody has this sub yet.
create function require_viewer(sub text, auth_time bigint) returns uuid
language plpgsql stable parallel safe
as $$
declare
  viewer uuid := viewer_uuid(sub, auth_time);
begin
  if viewer is not null then
    return viewer;
  end if;
  if exists (select from users where users.cognito_sub = sub) then
    raise exception using errcode = 'CR401', message = 'the session has ended';
  end if;
  raise exception using errcode = 'CR404', message = 'nobody has this sub yet';
end
$$;

-- The contract's shape of a person.
create function user_card(person users) returns json
language sql stable parallel safe
return json_build_object(
  'uuid', person.uuid,
  'handle', person.handle,
  'display_name', person.display_name,
  'avatar_url', '/media/avatars/' || person.uuid || '/' || person.avatar_key
);

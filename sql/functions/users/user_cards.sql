-- Returns users as lists of users show them (listedUser in worker/contract/user.ts). The caller must filter hidden users. Select
-- one by its uuid, in a lateral with limit 1.
create or replace function user_cards(viewer uuid)
returns table (uuid uuid, handle text, display_name text, avatar_url text, viewer_follows json)
language sql stable
as $$
  select
    person.uuid,
    person.handle,
    person.display_name,
    avatar_url(person),
    case when user_cards.viewer is not null then json_build_object(
      'following', following_state(user_cards.viewer, person.uuid)
    ) end
  from users person
$$;

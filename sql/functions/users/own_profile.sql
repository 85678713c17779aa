-- Returns the viewer's own profile and preferences (ownProfile in worker/contract/user.ts).
create or replace function own_profile(viewer uuid) returns table (profile json, preferences json)
language sql stable
as $$
  select
    shown.profile,
    user_preferences(person)
  from users person
  join user_profiles(own_profile.viewer) shown on shown.uuid = person.uuid
  where person.uuid = own_profile.viewer
$$;

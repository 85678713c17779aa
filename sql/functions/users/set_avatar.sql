-- Sets the key of the viewer's avatar (null: the generated one). Returns the previous key and the profile after the change. Also
-- records the previous avatar for removal, since the caller may never receive this result.
create or replace function set_avatar(viewer_sub text, avatar_key text)
returns table (previous_avatar_key text, profile json, preferences json)
language plpgsql security definer
as $$
declare
  viewer constant uuid := find_viewer(set_avatar.viewer_sub);
  previous text;
begin
  select users.avatar_key into previous
  from users
  where users.uuid = viewer
  for no key update;

  update users set avatar_key = set_avatar.avatar_key where users.uuid = viewer;

  if previous is distinct from set_avatar.avatar_key and previous is not null then
    insert into image_removals (avatar_key)
    values (previous)
    on conflict on constraint image_removals__key do nothing;
  end if;

  return query
  select previous, own.profile, own.preferences from own_profile(viewer) own;
end
$$;

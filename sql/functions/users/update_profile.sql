-- Changes the viewer's profile and preferences, and returns them after the change. Null parameters leave their field unchanged.
create or replace function update_profile(viewer_sub text, display_name text, bio text, default_ttl text, theme text)
returns table (profile json, preferences json)
language plpgsql security definer
as $$
declare
  viewer constant uuid := find_viewer(update_profile.viewer_sub);
begin
  update users
  set display_name = coalesce(update_profile.display_name, users.display_name),
      bio = coalesce(update_profile.bio, users.bio),
      default_ttl = coalesce(update_profile.default_ttl, users.default_ttl),
      theme = coalesce(update_profile.theme, users.theme)
  where users.uuid = viewer;

  return query
  select own.profile, own.preferences from own_profile(viewer) own;
end
$$;

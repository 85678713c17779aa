-- Changes the viewer's profile and preferences, and returns them after the change. Null parameters leave their field unchanged.
-- Turning off approves_followers accepts all follow requests.
create or replace function update_profile(
  viewer_sub text,
  display_name text,
  bio text,
  banner_color text,
  default_ttl text,
  default_audience text,
  approves_followers boolean,
  alt_required boolean,
  open_warnings boolean,
  theme text
)
returns table (profile json, preferences json)
language plpgsql security definer
as $$
declare
  viewer constant uuid := find_viewer(update_profile.viewer_sub);
begin
  if update_profile.approves_followers = false then
    perform lock_users_who_request(viewer);
  end if;

  update users
  set display_name = coalesce(update_profile.display_name, users.display_name),
      bio = coalesce(update_profile.bio, users.bio),
      banner_color = coalesce(update_profile.banner_color, users.banner_color),
      default_ttl = coalesce(update_profile.default_ttl, users.default_ttl),
      default_audience = coalesce(update_profile.default_audience, users.default_audience),
      approves_followers = coalesce(update_profile.approves_followers, users.approves_followers),
      alt_required = coalesce(update_profile.alt_required, users.alt_required),
      open_warnings = coalesce(update_profile.open_warnings, users.open_warnings),
      theme = coalesce(update_profile.theme, users.theme)
  where users.uuid = viewer;

  if update_profile.approves_followers = false then
    perform accept_requests_of(
      viewer, array(select request.follower_uuid from follow_requests request where request.followed_uuid = viewer)
    );
  end if;

  return query
  select own.profile, own.preferences from own_profile(viewer) own;
end
$$;

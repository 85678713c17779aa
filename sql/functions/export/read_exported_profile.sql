-- Returns the viewer's profile, email and preferences.
create or replace function read_exported_profile(viewer_sub text)
returns table (
  handle text,
  display_name text,
  email text,
  bio text,
  avatar_url text,
  banner_color text,
  created_at timestamptz,
  default_ttl text,
  default_audience text,
  approves_followers boolean,
  alt_required boolean,
  open_warnings boolean,
  theme text
)
language plpgsql stable security definer
set plan_cache_mode = force_generic_plan
set enable_memoize = off
as $$
declare
  viewer constant uuid := find_viewer(read_exported_profile.viewer_sub);
begin
  return query
  select
    member.handle,
    member.display_name,
    member.email,
    member.bio,
    avatar_url(member),
    member.banner_color,
    member.created_at,
    member.default_ttl,
    member.default_audience,
    member.approves_followers,
    member.alt_required,
    member.open_warnings,
    member.theme
  from users member
  where member.uuid = viewer;
end
$$;

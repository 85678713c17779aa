-- Returns a page of the viewer's followers, latest sign-up first. Pages by position: before null, from the start.
create or replace function read_exported_followers(viewer_sub text, before uuid, page_size integer)
returns table (handle text, created_at timestamptz, "position" uuid)
language plpgsql stable security definer
set plan_cache_mode = force_generic_plan
set enable_memoize = off
as $$
declare
  viewer constant uuid := find_viewer(read_exported_followers.viewer_sub);
begin
  return query
  select member.handle, page.created_at, page.uuid
  from (
    select follows.follower_uuid as uuid, follows.created_at
    from follows
    where follows.followed_uuid = viewer
      and follows.follower_uuid < coalesce(read_exported_followers.before, 'ffffffff-ffff-ffff-ffff-ffffffffffff')
      and follows.follower_uuid <> all (array(select hidden.uuid from hidden_users(viewer) hidden))
    order by follows.follower_uuid desc
    limit 1000
  ) page
  join users member on member.uuid = page.uuid
  order by page.uuid desc
  limit read_exported_followers.page_size;
end
$$;

-- Returns a page of the viewer's sessions that have not ended, latest sign-in first. session_hash: the session of the request.
-- Pages by uuid: before null, from the latest.
create or replace function read_devices(viewer_sub text, session_hash text, before uuid, page_size integer)
returns table (uuid uuid, browser text, created_at timestamptz, last_seen_on text, current boolean)
language plpgsql stable security definer
set plan_cache_mode = force_generic_plan
set enable_memoize = off
as $$
begin
  return query
  select page.uuid, page.browser, page.created_at, page.last_seen_on::text, page.hash = read_devices.session_hash
  from (
    select session.uuid, session.browser, session.created_at, session.last_seen_on, session.hash
    from users member
    join sessions session on session.user_uuid = member.uuid
    where member.cognito_sub = read_devices.viewer_sub
      and session.uuid < coalesce(read_devices.before, 'ffffffff-ffff-ffff-ffff-ffffffffffff')
      and not has_session_ended(extract(epoch from session.created_at)::bigint, member, session)
    order by session.uuid desc
    -- A constant: with a parameter a generic plan would expect a tenth of the table.
    limit 101
  ) page
  order by page.uuid desc
  limit read_devices.page_size;
end
$$;

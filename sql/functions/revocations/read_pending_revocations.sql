-- Returns refresh tokens of ended sessions that are not yet revoked at Cognito, longest waiting first.
create or replace function read_pending_revocations(page_size integer)
returns table (hash text, sealed_refresh_token text)
language plpgsql stable security definer
set plan_cache_mode = force_generic_plan
set enable_memoize = off
as $$
begin
  return query
  select page.hash, page.sealed_refresh_token
  from (
    select session.hash, session.sealed_refresh_token, session.ended_at
    from sessions session
    where session.sealed_refresh_token is not null
    order by session.ended_at
    limit 250
  ) page
  order by page.ended_at
  limit read_pending_revocations.page_size;
end
$$;

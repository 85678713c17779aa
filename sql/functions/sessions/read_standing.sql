-- Returns the state of a valid token's session (session_standing), without inserting the session's row.
create or replace function read_standing(sub text, auth_time bigint, session_hash text)
returns table (problem text, account json)
language plpgsql stable security definer
set plan_cache_mode = force_generic_plan
set enable_memoize = off
as $$
begin
  return query
  select standing.problem, standing.account
  from session_standing(read_standing.sub, read_standing.auth_time, read_standing.session_hash) standing;
end
$$;

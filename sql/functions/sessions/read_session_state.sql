-- Returns the state of a valid token's session (session_state), without inserting the session's row.
create or replace function read_session_state(sub text, auth_time bigint, session_hash text)
returns table (problem text, account json)
language plpgsql stable security definer
set plan_cache_mode = force_generic_plan
set enable_memoize = off
as $$
begin
  return query
  select state.problem, state.account
  from session_state(read_session_state.sub, read_session_state.auth_time, read_session_state.session_hash) state;
end
$$;

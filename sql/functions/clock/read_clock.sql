-- Returns the database's clock, for countdowns on pages and the expiry of cache entries.
create or replace function read_clock() returns table (now timestamptz)
language plpgsql stable security definer
set plan_cache_mode = force_generic_plan
set enable_memoize = off
as $$
begin
  return query select pg_catalog.now();
end
$$;

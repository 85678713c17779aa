-- The database's clock: pages count down to expiry from it.
create or replace function read_clock() returns table (now timestamptz)
language plpgsql stable security definer
set plan_cache_mode = force_generic_plan
as $$
begin
  return query select pg_catalog.now();
end
$$;

-- The database's clock, from which expiry is counted.
create or replace function read_clock() returns table (now timestamptz)
language plpgsql stable security definer
set plan_cache_mode = force_generic_plan
as $$
begin
  return query select now();
end
$$;

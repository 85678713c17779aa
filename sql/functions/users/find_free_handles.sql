-- Returns those of the proposed handles that are neither taken nor reserved, in the same order. `hashes` are those of the handles,
-- in the same order.
create or replace function find_free_handles(handles text[], hashes text[]) returns table (handle text)
language plpgsql stable security definer
set plan_cache_mode = force_generic_plan
set enable_memoize = off
as $$
begin
  return query
  select proposed.handle
  from unnest(find_free_handles.handles, find_free_handles.hashes) with ordinality as proposed (handle, hash, position)
  where not exists (select from users where users.handle = proposed.handle)
    and not exists (
      select from reserved_handles reserved where reserved.hash = proposed.hash and reserved.until > now()
    )
  order by proposed.position;
end
$$;

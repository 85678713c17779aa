-- Returns a statement of reasons that is addressed to the viewer. No row: it is another user's, unknown, or was swept.
create or replace function read_statement(viewer_sub text, statement_uuid uuid) returns table (statement json)
language plpgsql stable security definer
set plan_cache_mode = force_generic_plan
set enable_memoize = off
as $$
declare
  viewer constant uuid := find_viewer(read_statement.viewer_sub);
begin
  return query
  select statement_json(written)
  from statements written
  where written.uuid = read_statement.statement_uuid and written.user_uuid = viewer;
end
$$;

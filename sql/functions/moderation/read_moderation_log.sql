-- Returns a page of what moderators did and opened, newest first, without the reports themselves. `moderator` is null for the
-- cron, an author's appeal, and a moderator whose account is deleted. Pages by uuid: before null, from the newest.
create or replace function read_moderation_log(viewer_sub text, before uuid, page_size integer) returns table (
  uuid uuid,
  at timestamptz,
  action text,
  moderator json,
  report_uuid uuid,
  statement_uuid uuid,
  kind text,
  reason text,
  rule text
)
language plpgsql stable security definer
set plan_cache_mode = force_generic_plan
set enable_memoize = off
as $$
begin
  return query
  select
    entry.uuid,
    entry.at,
    entry.action,
    (select row_to_json(person) from shown_users() person where person.uuid = entry.moderator_uuid),
    entry.report_uuid,
    entry.statement_uuid,
    entry.kind,
    entry.reason,
    entry.rule
  from (
    select logged.*
    from moderation_log logged
    where logged.uuid < coalesce(read_moderation_log.before, 'ffffffff-ffff-ffff-ffff-ffffffffffff')
      and logged.action <> 'report'
    order by logged.uuid desc
    -- A constant: with a parameter a generic plan would expect a tenth of the table.
    limit 101
  ) entry
  order by entry.uuid desc
  limit read_moderation_log.page_size;
end
$$;

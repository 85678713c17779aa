-- Returns a report with its sealed copy and what was decided about it, and records in the log that the viewer opened it. The copy
-- is null once it has expired (has_sealed_copy_expired), also before it is swept. `history`: the author's other statements, the
-- newest first, at most 20. CR414: there is no such report.
create or replace function open_report(viewer_sub text, report_uuid uuid)
returns table (report json, reference text, sealed_copy text, sealed_images uuid[], statement json, sealed_appeal text, history json)
language plpgsql security definer
as $$
declare
  viewer constant uuid := find_viewer(open_report.viewer_sub);
begin
  return query
  select
    card.report,
    opened.reference,
    case when not has_sealed_copy_expired(opened) then opened.sealed_copy end,
    coalesce(opened.sealed_images, '{}'),
    statement_json(decided),
    decided.sealed_appeal,
    (
      select coalesce(json_agg(statement_json(other) order by other.uuid desc), '[]')
      from (
        select earlier.*
        from statements earlier
        where earlier.user_uuid = opened.author_uuid and earlier.uuid is distinct from opened.statement_uuid
        order by earlier.uuid desc
        limit 20
      ) other
    )
  from reports opened
  cross join lateral (select cards.report from report_cards() cards where cards.uuid = opened.uuid limit 1) card
  left join statements decided on decided.uuid = opened.statement_uuid
  where opened.uuid = open_report.report_uuid;
  if not found then
    raise exception using errcode = 'CR414', message = 'there is no such report';
  end if;

  insert into moderation_log (action, moderator_uuid, report_uuid, kind, reason)
  select 'open', viewer, opened.uuid, opened.kind, opened.reason
  from reports opened
  where opened.uuid = open_report.report_uuid;
end
$$;

-- Appeals against a decision about the viewer, once and within 14 days, and returns its statement. CR414: it is not addressed to
-- the viewer. CR45A: they have appealed already. CR45L: the time is over, or the decision was undone.
create or replace function appeal_statement(viewer_sub text, statement_uuid uuid, sealed_appeal text)
returns table (statement json)
language plpgsql security definer
as $$
declare
  viewer constant uuid := find_viewer(appeal_statement.viewer_sub);
  appealed statements;
begin
  select written.* into appealed
  from statements written
  where written.uuid = appeal_statement.statement_uuid and written.user_uuid = viewer
  for no key update;
  if not found then
    raise exception using errcode = 'CR414', message = 'no such statement is addressed to the viewer';
  elsif appealed.appealed_at is not null then
    raise exception using errcode = 'CR45A', message = 'the viewer has appealed already';
  elsif appealed.undone_at is not null or appealed.created_at <= now() - interval '14 days' then
    raise exception using errcode = 'CR45L', message = 'it is too late to appeal';
  end if;

  update statements written
  set appealed_at = now(), sealed_appeal = appeal_statement.sealed_appeal
  where written.uuid = appealed.uuid
  returning written.* into appealed;
  insert into moderation_log (action, statement_uuid, kind, rule)
  values ('appeal', appealed.uuid, appealed.kind, appealed.rule);

  return query select statement_json(appealed);
end
$$;

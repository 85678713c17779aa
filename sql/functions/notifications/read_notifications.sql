-- Returns a page of the viewer's notifications, newest first. Pages by uuid: before null, from the newest.
create or replace function read_notifications(viewer_sub text, before uuid, page_size integer) returns table (
  uuid uuid,
  kind text,
  created_at timestamptz,
  read_at timestamptz,
  actor json,
  activity json,
  reference text,
  expires_at timestamptz
)
language plpgsql stable security definer
set plan_cache_mode = force_generic_plan
set enable_memoize = off
as $$
declare
  viewer constant uuid := find_viewer(read_notifications.viewer_sub);
begin
  return query
  select page.uuid, page.kind, page.created_at, page.read_at, sender.card, about.activity, page.reference, page.expires_at
  from (
    select newest.*
    from (
      select notification.*
      from visible_notifications(viewer) notification
      where notification.uuid < coalesce(read_notifications.before, 'ffffffff-ffff-ffff-ffff-ffffffffffff')
      order by notification.uuid desc
      -- A constant: with a parameter a generic plan would expect a tenth of the table.
      limit 101
    ) newest
    limit read_notifications.page_size
  ) page
  left join lateral (
    select row_to_json(shown) as card from shown_users() shown where shown.uuid = page.actor_uuid limit 1
  ) sender on true
  left join lateral (
    select cards.activity from activity_cards(viewer) cards where cards.uuid = page.activity_uuid limit 1
  ) about on true
  order by page.uuid desc;
end
$$;

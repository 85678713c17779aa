-- Returns a visible activity after its visible ancestors (at most the 100 nearest), root first. If it was rewritten and the viewer
-- may see the new version, returns one row with replaced_by (the new version's uuid and handle). No row: neither is visible.
create or replace function read_activity(viewer_sub text, activity_uuid uuid)
returns table (activity json, replaced_by json, expires_at timestamptz)
language plpgsql stable security definer
set plan_cache_mode = force_generic_plan
set enable_memoize = off
as $$
declare
  viewer constant uuid := find_viewer(read_activity.viewer_sub);
begin
  return query
  with recursive thread as (
    select visible.uuid, visible.reply_to_activity_uuid, 0 as height
    from visible_activities(viewer) visible
    where visible.uuid = read_activity.activity_uuid
    union all
    select parent.uuid, parent.reply_to_activity_uuid, thread.height + 1
    from thread
    join activities parent on parent.uuid = thread.reply_to_activity_uuid
    where thread.height < 100
  )
  select card.activity, null::json, card.expires_at
  from thread
  cross join lateral (
    select cards.activity, cards.expires_at from activity_cards(viewer) cards where cards.uuid = thread.uuid limit 1
  ) card
  order by thread.height desc;

  if not found then
    return query
    select
      null::json,
      json_build_object('uuid', newest.uuid, 'handle', author.handle),
      newest.expires_at
    from visible_activities(viewer) newest
    join users author on author.uuid = newest.user_uuid
    where newest.replaced_uuids is not null and newest.replaced_uuids @> array[read_activity.activity_uuid]
    limit 1;
  end if;
end
$$;

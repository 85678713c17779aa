-- What the users whom the viewer follows and the viewer have written or reposted, newest first, each activity once;
-- everybody's for a viewer who follows nobody yet, with the viewer's own that are not for everyone. Muted users are left out.
-- Gap-free: items above `top`, the newest of the first page, count neither as rows nor as a newer item of the same activity.
create or replace function read_home(viewer_sub text, top uuid, before uuid, page_size integer)
returns table (activity json, "position" uuid, reposted_by json)
language plpgsql stable security definer
set plan_cache_mode = force_generic_plan
as $$
declare
  viewer constant uuid := find_viewer(read_home.viewer_sub);
  highest constant uuid := coalesce(read_home.top, 'ffffffff-ffff-ffff-ffff-ffffffffffff');
  actors constant uuid[] := home_actors(viewer);
  below uuid := coalesce(read_home.before, 'ffffffff-ffff-ffff-ffff-ffffffffffff');
  -- A few more than a page, since some of them may show nothing.
  batch_size integer := read_home.page_size + 10;
  batch_count integer;
  -- Of many users the newest items of all are read first: asking for the newest item of each takes longer.
  reads_newest boolean := cardinality(actors) > 500;
  is_first_batch boolean := read_home.before is null;
  found_uuids uuid[] := '{}';
begin
  if not exists (select from follows where follows.follower_uuid = viewer) then
    return query
    select page.activity, page.position, null::json
    from (
      select everybody.activity, everybody.position
      from everyone_page(viewer, highest, below, read_home.page_size) everybody
      union all
      select own.activity, own.position
      from limited_page(viewer, highest, below, read_home.page_size) own
    ) page
    order by page.position desc
    limit read_home.page_size;
    return;
  end if;

  loop
    with batch as materialized (
      select item.uuid, item.activity_uuid
      from newest_items(actors, below, batch_size) item
      where not reads_newest
      union all
      select item.uuid, item.activity_uuid
      from newest_items_of_many(actors, below, batch_size) item
      where reads_newest
    ),
    shown as (
      select batch.uuid
      from batch
      where batch.uuid <= highest
        and (select true from listed_activities(viewer) listed where listed.uuid = batch.activity_uuid)
        and not exists (
          select from batch newer
          where newer.activity_uuid = batch.activity_uuid and newer.uuid > batch.uuid and newer.uuid <= highest
        )
        -- Nothing is newer than the first batch.
        and (is_first_batch or not exists (
          select from feed_items newer
          where newer.activity_uuid = batch.activity_uuid
            and newer.uuid >= below
            and newer.uuid <= highest
            and newer.actor_uuid = any (actors)
        ))
    )
    select
      found_uuids || array(select shown.uuid from shown order by shown.uuid desc),
      (select count(*) from batch),
      coalesce((select batch.uuid from batch order by batch.uuid limit 1), below)
    into found_uuids, batch_count, below;

    exit when cardinality(found_uuids) >= read_home.page_size or (batch_count < batch_size and not reads_newest);
    is_first_batch := is_first_batch and batch_count = 0;
    reads_newest := reads_newest and batch_count = batch_size;
    batch_size := least(2 * batch_size, 1000);
  end loop;

  return query
  select card.activity, item.uuid, case when item.kind = 'repost' then user_card(actor) end
  from (
    select found.uuid from unnest(found_uuids) found (uuid) order by found.uuid desc limit read_home.page_size
  ) page
  join feed_items item on item.uuid = page.uuid
  join users actor on actor.uuid = item.actor_uuid
  cross join lateral (
    select cards.activity from activity_cards(viewer) cards where cards.uuid = item.activity_uuid limit 1
  ) card
  order by item.uuid desc;
end
$$;

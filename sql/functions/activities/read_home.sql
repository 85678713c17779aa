-- Returns a page of the activities and reposts by the viewer and their followees (home_actors), newest first, each activity once;
-- of all users if the viewer follows nobody, with the viewer's own for a limited audience.
-- `before`: the last position of the previous page; null for the first page.
-- `top`: the newest position of the first page; null for the first page. Newer items are ignored: otherwise an activity that is
-- reposted after the first page was read would be on no page.
create or replace function read_home(viewer_sub text, top uuid, before uuid, page_size integer)
returns table (activity json, "position" uuid, reposted_by json)
language plpgsql stable security definer
set plan_cache_mode = force_generic_plan
set enable_memoize = off
as $$
declare
  viewer constant uuid := find_viewer(read_home.viewer_sub);
  highest constant uuid := coalesce(read_home.top, 'ffffffff-ffff-ffff-ffff-ffffffffffff');
  actors constant uuid[] := home_actors(viewer);
  below uuid := coalesce(read_home.before, 'ffffffff-ffff-ffff-ffff-ffffffffffff');
  -- More than a page, since the viewer may not see some of them.
  batch_size integer := read_home.page_size + 15;
  batch uuid[];
  shown uuid[];
  first_item constant uuid := '00000000-0000-0000-0000-000000000000';
  -- The items of a day are enough for most pages, and are found faster than any older ones.
  oldest uuid := uuidv7(coalesce(uuid_extract_timestamp(read_home.before), now()) - now() - interval '1 day');
  -- With many actors filter the newest items of all users first: looking up the newest item of each actor takes longer.
  reads_newest boolean := cardinality(actors) > 500;
  is_first_batch boolean := read_home.before is null;
  rows_left integer := read_home.page_size;
  rows_shown integer;
begin
  if cardinality(actors) = 1 and not exists (select from follows where follows.follower_uuid = viewer) then
    return query
    select page.activity, page.position, null::json
    from (
      select everybody.activity, everybody.position
      from everyone_feed_page(viewer, highest, below, read_home.page_size) everybody
      union all
      select own.activity, own.position
      from own_limited_feed_page(viewer, highest, below, read_home.page_size) own
    ) page
    order by page.position desc
    limit read_home.page_size;
    return;
  end if;

  loop
    if reads_newest then
      batch := array(select item.uuid from newest_items_of_many(actors, below, batch_size) item);
    else
      batch := array(select item.uuid from newest_items(actors, oldest, below, batch_size) item);
      if cardinality(batch) < batch_size and oldest > first_item then
        oldest := first_item;
        batch := array(select item.uuid from newest_items(actors, oldest, below, batch_size) item);
      end if;
    end if;

    -- Activities of the batch that an earlier page or batch has shown; there is none before the first batch. Looked up together,
    -- since Postgres sorts the actors for each scan.
    shown := case when is_first_batch then '{}' else array(
      select newer.activity_uuid
      from (
        select other.activity_uuid, other.uuid
        from feed_items other
        where other.activity_uuid = any (array(
            select item.activity_uuid from unnest(batch) found (uuid) join feed_items item on item.uuid = found.uuid
          ))
          and other.actor_uuid = any (actors)
        -- Keeps Postgres from reading all items since `below` where there are few altogether.
        offset 0
      ) newer
      where newer.uuid >= below and newer.uuid <= highest
    ) end;

    return query
    select
      card.activity,
      item.uuid,
      case when item.kind = 'repost' then (
        select row_to_json(actor) from shown_users() actor where actor.uuid = item.actor_uuid
      ) end
    from (
      select newest.uuid, newest.activity_uuid, newest.actor_uuid, newest.kind
      from (
        select distinct on (candidate.activity_uuid)
          candidate.uuid, candidate.activity_uuid, candidate.actor_uuid, candidate.kind
        from unnest(batch) found (uuid)
        join feed_items candidate on candidate.uuid = found.uuid
        where candidate.uuid <= highest
        order by candidate.activity_uuid, candidate.uuid desc
      ) newest
      order by newest.uuid desc
      -- The largest batch size, so no item is dropped. Sort first: cards are then built only until `rows_left` is reached.
      limit 1000
    ) item
    cross join lateral (
      select cards.activity from listed_cards(viewer) cards where cards.uuid = item.activity_uuid limit 1
    ) card
    where item.activity_uuid <> all (shown)
    order by item.uuid desc
    limit rows_left;
    get diagnostics rows_shown = row_count;
    rows_left := rows_left - rows_shown;

    exit when rows_left = 0 or (cardinality(batch) < batch_size and not reads_newest);
    below := coalesce(batch[cardinality(batch)], below);
    is_first_batch := is_first_batch and cardinality(batch) = 0;
    reads_newest := reads_newest and cardinality(batch) = batch_size;
    batch_size := least(2 * batch_size, 1000);
  end loop;
end
$$;

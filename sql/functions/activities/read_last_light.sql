-- Visible activities by soonest expiry: first those of users whom the viewer follows (tier 0), then everybody else's (tier 1).
-- Left out are those with less than `min_seconds` left, and what is not for everyone, unless it is the viewer's own. The cursor is the last row's tier, expiry and uuid (null: from the
-- soonest); the expiry is a text, ISO 8601 with microseconds.
create or replace function read_last_light(
  viewer_sub text, after_tier integer, after_expires_at text, after_uuid uuid, min_seconds integer, page_size integer
)
returns table (activity json, tier integer, "position" text)
language plpgsql stable security definer
set plan_cache_mode = force_generic_plan
as $$
declare
  viewer constant uuid := find_viewer(read_last_light.viewer_sub);
  followed constant uuid[] := array(select follows.followed_uuid from follows where follows.follower_uuid = viewer);
  unmuted constant uuid[] := array(
    select user_uuid from unnest(followed) user_uuid except select muted.uuid from muted_users(viewer) muted
  );
  newest constant uuid := 'ffffffff-ffff-ffff-ffff-ffffffffffff';
  -- The instant by which too little is left.
  earliest constant timestamptz := now() + make_interval(secs => read_last_light.min_seconds);
  cursor_expires_at constant timestamptz := greatest(read_last_light.after_expires_at::timestamptz, earliest);
  cursor_uuid constant uuid :=
    case when read_last_light.after_expires_at::timestamptz >= earliest then read_last_light.after_uuid else newest end;
  is_in_tier_0 constant boolean := coalesce(read_last_light.after_tier, 0) = 0;
  after_end timestamptz := cursor_expires_at;
  after_last uuid := cursor_uuid;
  batch_size integer := read_last_light.page_size;
  batch_count integer;
  -- Of many users the soonest of all are read first: asking for the soonest of each takes longer.
  reads_soonest boolean := cardinality(unmuted) > 500;
  near_uuids uuid[] := '{}';
begin
  while is_in_tier_0 and cardinality(unmuted) > 0 loop
    with batch as materialized (
      select soonest.uuid, soonest.expires_at
      from soonest_activities(unmuted, after_end, after_last, batch_size) soonest
      where not reads_soonest
      union all
      select soonest.uuid, soonest.expires_at
      from soonest_activities_of_many(unmuted, after_end, after_last, batch_size) soonest
      where reads_soonest
    )
    select
      near_uuids || array(
        select batch.uuid
        from batch
        where (
          select true from visible_activities(viewer) visible where visible.uuid = batch.uuid and visible.audience = 'everyone'
        )
        order by batch.expires_at, batch.uuid
      ),
      (select count(*) from batch),
      coalesce(last.expires_at, after_end),
      coalesce(last.uuid, after_last)
    into near_uuids, batch_count, after_end, after_last
    from (values (true)) once (is_one)
    left join (
      select batch.expires_at, batch.uuid from batch order by batch.expires_at desc, batch.uuid desc limit 1
    ) last on true;

    exit when cardinality(near_uuids) >= read_last_light.page_size or (batch_count < batch_size and not reads_soonest);
    reads_soonest := reads_soonest and batch_count = batch_size;
    batch_size := least(2 * batch_size, 1000);
  end loop;

  return query
  select
    card.activity,
    page.tier,
    to_char(page.expires_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
  from (
    select near.uuid, near.expires_at, 0 as tier
    from unnest(near_uuids) found (uuid)
    join activities near on near.uuid = found.uuid
    union all
    select far.uuid, far.expires_at, 1
    from (
      select candidate.uuid, candidate.expires_at
      from activities candidate
      where candidate.expires_at >= case when is_in_tier_0 then earliest else cursor_expires_at end
        and (
          candidate.expires_at > case when is_in_tier_0 then earliest else cursor_expires_at end
          or candidate.uuid > case when is_in_tier_0 then newest else cursor_uuid end
        )
        and (candidate.user_uuid in (select user_uuid from unnest(followed) user_uuid)) is not true
        and (
          select true
          from listed_activities(viewer) listed
          where listed.uuid = candidate.uuid and (listed.audience = 'everyone' or listed.user_uuid = viewer)
        )
      order by candidate.expires_at, candidate.uuid
      limit 101
    ) far
    where cardinality(near_uuids) < read_last_light.page_size
    order by 3, 2, 1
    limit read_last_light.page_size
  ) page
  cross join lateral (
    select cards.activity from activity_cards(viewer) cards where cards.uuid = page.uuid limit 1
  ) card
  order by page.tier, page.expires_at, page.uuid;
end
$$;

-- Visible activities by soonest expiry: first those of users whom the viewer follows (tier 0), then everybody else's (tier 1).
-- Left out are those with less than `min_seconds` left. The cursor is the last row's tier, expiry and uuid (null: from the
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
  -- The instant by which too little is left.
  earliest constant timestamptz := now() + make_interval(secs => read_last_light.min_seconds);
  is_after_cursor constant boolean := coalesce(read_last_light.after_expires_at::timestamptz >= earliest, false);
  after_end timestamptz := case when is_after_cursor then read_last_light.after_expires_at::timestamptz else earliest end;
  after_last uuid := case when is_after_cursor then read_last_light.after_uuid else 'ffffffff-ffff-ffff-ffff-ffffffffffff' end;
  is_in_tier_0 constant boolean := viewer is not null and coalesce(read_last_light.after_tier, 0) = 0;
  authors uuid[];
  batch_size integer := read_last_light.page_size;
  batch uuid[];
  -- As in read_home: each author is asked only where the soonest of everybody have too little.
  reads_everybody boolean := true;
  rows_left integer := read_last_light.page_size;
  rows_shown integer;
begin
  if is_in_tier_0 then
    authors := array(
      select follows.followed_uuid
      from follows
      where follows.follower_uuid = viewer
        and follows.followed_uuid <> all (array(select muted.uuid from muted_users(viewer) muted))
    );
  end if;

  while cardinality(authors) > 0 loop
    if reads_everybody then
      batch := array(
        select soonest.uuid from soonest_activities_of_all(authors, after_end, after_last, batch_size) soonest
      );
    else
      batch := array(select soonest.uuid from soonest_activities(authors, after_end, after_last, batch_size) soonest);
    end if;

    return query
    select card.activity, 0, end_position(card.expires_at)
    from unnest(batch) with ordinality found (uuid, place)
    cross join lateral (
      select cards.activity, cards.expires_at from activity_cards(viewer) cards where cards.uuid = found.uuid limit 1
    ) card
    order by found.place
    limit rows_left;
    get diagnostics rows_shown = row_count;
    rows_left := rows_left - rows_shown;

    exit when rows_left = 0 or (cardinality(batch) < batch_size and not reads_everybody);
    if cardinality(batch) > 0 then
      select activity.expires_at, activity.uuid
      into after_end, after_last
      from activities activity
      where activity.uuid = batch[cardinality(batch)];
    end if;
    reads_everybody := reads_everybody and cardinality(batch) = batch_size;
    batch_size := least(2 * batch_size, 1000);
  end loop;

  if rows_left = 0 then
    return;
  end if;
  if is_in_tier_0 then
    after_end := earliest;
    after_last := 'ffffffff-ffff-ffff-ffff-ffffffffffff';
  end if;

  return query
  select far.activity, 1, end_position(far.expires_at)
  from (
    select card.activity, candidate.expires_at, candidate.uuid
    from activities candidate
    cross join lateral (
      select cards.activity from listed_cards(viewer) cards where cards.uuid = candidate.uuid limit 1
    ) card
    where candidate.expires_at >= after_end
      and (candidate.expires_at > after_end or candidate.uuid > after_last)
      and (candidate.user_uuid in (
        select follows.followed_uuid from follows where follows.follower_uuid = viewer
      )) is not true
    order by candidate.expires_at, candidate.uuid
    limit 101
  ) far
  order by far.expires_at, far.uuid
  limit rows_left;
end
$$;

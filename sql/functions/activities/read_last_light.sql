-- Returns a page of listed activities for everyone and the viewer's own, soonest expiry first. Omits those with less than
-- `min_seconds` left. `after_expires_at` and `after_uuid` are the last row of the previous page; null for the first page. Expiries
-- are text: ISO 8601 with microseconds.
create or replace function read_last_light(
  viewer_sub text, after_expires_at text, after_uuid uuid, min_seconds integer, page_size integer
)
returns table (activity json, "position" text)
language plpgsql stable security definer
set plan_cache_mode = force_generic_plan
set enable_memoize = off
as $$
declare
  viewer constant uuid := find_viewer(read_last_light.viewer_sub);
  earliest constant timestamptz := now() + make_interval(secs => read_last_light.min_seconds);
  is_after_cursor constant boolean := coalesce(read_last_light.after_expires_at::timestamptz >= earliest, false);
  after_end constant timestamptz :=
    case when is_after_cursor then read_last_light.after_expires_at::timestamptz else earliest end;
  after_last constant uuid :=
    case when is_after_cursor then read_last_light.after_uuid else 'ffffffff-ffff-ffff-ffff-ffffffffffff' end;
begin
  return query
  select soonest.activity, to_char(soonest.expires_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
  from (
    select card.activity, candidate.expires_at, candidate.uuid
    from activities candidate
    cross join lateral (
      select cards.activity
      from listed_cards(viewer) cards
      where cards.uuid = candidate.uuid and (cards.audience = 'everyone' or cards.user_uuid = viewer)
      limit 1
    ) card
    where candidate.expires_at >= after_end
      and (candidate.expires_at > after_end or candidate.uuid > after_last)
    order by candidate.expires_at, candidate.uuid
    -- A constant: a generic plan estimates a limit by parameter as a tenth of the table.
    limit 101
  ) soonest
  order by soonest.expires_at, soonest.uuid
  limit read_last_light.page_size;
end
$$;

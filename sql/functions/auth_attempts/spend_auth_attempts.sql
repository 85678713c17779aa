-- Counts one attempt in each counter, or in none if it exceeds any of their limits. The arrays have one element per counter: its
-- hash, its maximum, the length of its window in seconds, and whether the window slides, that is, starts at the last attempt
-- instead of the first. A window starts again once all its attempts were taken back.
-- device_sub and device_since (null: no device) name the known device that the counters belong to.
-- Returns, in the order of the arrays, the number of attempts with this one, and the seconds until the window ends. No row, and
-- nothing counted: the account no longer knows the device.
create or replace function spend_auth_attempts(
  hashes text[],
  maxima integer[],
  window_seconds integer[],
  slides boolean[],
  device_sub text,
  device_since bigint
)
returns table (count integer, seconds_left integer)
language plpgsql security definer
as $$
declare
  counter record;
  counted integer;
  seconds integer;
  counts integer[] := array_fill(0, array[cardinality(spend_auth_attempts.hashes)]);
  seconds_lefts integer[] := counts;
  is_refused boolean := false;
begin
  if spend_auth_attempts.device_sub is not null
    and not is_device_known(spend_auth_attempts.device_sub, spend_auth_attempts.device_since)
  then
    return;
  end if;

  -- Lock in order of the hash, to avoid deadlocks. Concurrent attempts wait for each other here, so each gets its own number, and
  -- none sees counts that are taken back below.
  for counter in
    select given.hash, given.maximum, given.seconds, given.slides, given.index
    from unnest(
      spend_auth_attempts.hashes,
      spend_auth_attempts.maxima,
      spend_auth_attempts.window_seconds,
      spend_auth_attempts.slides
    ) with ordinality given (hash, maximum, seconds, slides, index)
    order by given.hash
  loop
    insert into auth_attempts as stored (hash, count, ends_at)
    values (counter.hash, 1, now() + make_interval(secs => counter.seconds))
    on conflict on constraint auth_attempts__hash do update set
      count = case when stored.ends_at <= now() then 1 else stored.count + 1 end,
      ends_at = case
        when stored.ends_at <= now() or stored.count = 0 or counter.slides then excluded.ends_at
        else stored.ends_at
      end
    returning stored.count, ceil(extract(epoch from stored.ends_at - now()))::integer
    into counted, seconds;
    counts[counter.index] := counted;
    seconds_lefts[counter.index] := seconds;
    is_refused := is_refused or counted > counter.maximum;
  end loop;

  if is_refused then
    update auth_attempts stored set count = stored.count - 1 where stored.hash = any (spend_auth_attempts.hashes);
  end if;
  return query
  select spent.count, spent.seconds_left
  from unnest(counts, seconds_lefts) with ordinality spent (count, seconds_left, index)
  order by spent.index;
end
$$;

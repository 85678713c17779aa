-- Counts one try in each of these counters, or in none if it is one too many for any: then it is taken back. The arrays have one
-- element a counter: its hash, how many tries it allows, how many seconds a window lasts that this try opens, and whether the
-- window ends so long after its last try instead of its first. A window of which all tries were taken back begins anew.
-- device_sub and device_since (null: no device) name a known device, for whose counters these are.
-- Returns, in the order of the arrays, how many tries each window has with this one and how many seconds of it are left. No row:
-- the account does not know the device any more, and nothing was counted.
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

  -- In order of the hash, in which everybody locks them: tries made at the same time wait for each other here, so each gets a
  -- number of its own, and nobody sees what is taken back below.
  for counter in
    select asked.hash, asked.maximum, asked.seconds, asked.slides, asked.index
    from unnest(
      spend_auth_attempts.hashes,
      spend_auth_attempts.maxima,
      spend_auth_attempts.window_seconds,
      spend_auth_attempts.slides
    ) with ordinality asked (hash, maximum, seconds, slides, index)
    order by asked.hash
  loop
    insert into auth_attempts as held (hash, count, ends_at)
    values (counter.hash, 1, now() + make_interval(secs => counter.seconds))
    on conflict on constraint auth_attempts__hash do update set
      count = case when held.ends_at <= now() then 1 else held.count + 1 end,
      ends_at = case
        when held.ends_at <= now() or held.count = 0 or counter.slides then excluded.ends_at
        else held.ends_at
      end
    returning held.count, ceil(extract(epoch from held.ends_at - now()))::integer
    into counted, seconds;
    counts[counter.index] := counted;
    seconds_lefts[counter.index] := seconds;
    is_refused := is_refused or counted > counter.maximum;
  end loop;

  if is_refused then
    update auth_attempts held set count = held.count - 1 where held.hash = any (spend_auth_attempts.hashes);
  end if;
  return query
  select spent.count, spent.seconds_left
  from unnest(counts, seconds_lefts) with ordinality spent (count, seconds_left, index)
  order by spent.index;
end
$$;

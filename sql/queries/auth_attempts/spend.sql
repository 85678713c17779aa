-- Counts one try, and answers how many there were in this window and how many seconds of it are left. Tries made at the
-- same time wait for each other here, so each gets a number of its own. A window of which all tries were taken back
-- begins anew.
-- $1 hash text
-- $2 seconds integer: how long a window lasts that this try opens
-- $3 slides boolean: the window ends so long after its last try, not after its first
insert into auth_attempts as held (hash, count, ends_at)
values ($1::text, 1, now() + make_interval(secs => $2::integer))
on conflict on constraint auth_attempts__hash do update set
  count = case when held.ends_at <= now() then 1 else held.count + 1 end,
  ends_at = case
    when held.ends_at <= now() or held.count = 0 or $3::boolean then excluded.ends_at
    else held.ends_at
  end
returning held.count, ceil(extract(epoch from held.ends_at - now()))::integer as seconds_left

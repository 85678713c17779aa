-- Returns the newest feed items of some users below a position, none before `oldest`, at most `max_count` (up to 1,000). First
-- reads the newest item of each user, to find the users whose items can be among the result, then the items of those users. A
-- recent `oldest` makes this faster: Postgres reads a user's items from the index a page at a time, and stops there.
create or replace function newest_items(actors uuid[], oldest uuid, below uuid, max_count integer) returns table (uuid uuid)
language sql stable
as $$
  with latest as materialized (
    select actor.uuid as actor_uuid, newest.uuid
    from unnest(newest_items.actors) actor (uuid)
    cross join lateral (
      select item.uuid
      from feed_items item
      where item.actor_uuid = actor.uuid and item.uuid >= newest_items.oldest and item.uuid < newest_items.below
      order by item.uuid desc
      limit 1
    ) newest
    order by newest.uuid desc
    limit newest_items.max_count
  )
  select item.uuid
  from latest
  cross join lateral (
    select candidate.uuid
    from feed_items candidate
    where candidate.actor_uuid = latest.actor_uuid
      and candidate.uuid < newest_items.below
      and candidate.uuid >= coalesce(
        (select last.uuid from latest last order by last.uuid desc offset newest_items.max_count - 1 limit 1),
        newest_items.oldest
      )
    order by candidate.uuid desc
    -- A constant: with a parameter a generic plan would expect a tenth of the table.
    limit 1000
  ) item
  order by item.uuid desc
  limit newest_items.max_count
$$;

-- The same rows as newest_items, for many users: reads the newest 5,000 items of all below a position and keeps theirs, instead
-- of asking for the newest item of each user. Fewer than `most` rows: there may be more than were read.
create or replace function newest_items_of_many(actors uuid[], below uuid, most integer) returns table (uuid uuid)
language sql stable
as $$
  select item.uuid
  from (
    select candidate.uuid, candidate.actor_uuid
    from feed_items candidate
    where candidate.uuid < newest_items_of_many.below
    order by candidate.uuid desc
    limit 5000
  ) item
  -- `is true` keeps Postgres from making a join of this: the array is hashed once.
  where (item.actor_uuid in (select actor.uuid from unnest(newest_items_of_many.actors) actor (uuid))) is true
  order by item.uuid desc
  limit newest_items_of_many.most
$$;

-- Returns users that the viewer may want to follow, best first: followees of followees, then authors of the newest activities.
-- Reads only 50 follows of each of the 20 followees who signed up last.
create or replace function suggested_users(viewer uuid, max_count integer) returns uuid[]
language plpgsql stable
as $$
declare
  candidates uuid[] := array(
    select indirect.followed_uuid
    from (
      select follows.followed_uuid as uuid
      from follows
      where follows.follower_uuid = suggested_users.viewer
      order by follows.followed_uuid desc
      limit 20
    ) followee
    cross join lateral (
      select follows.followed_uuid from follows where follows.follower_uuid = followee.uuid limit 50
    ) indirect
    group by indirect.followed_uuid
    order by count(*) desc, indirect.followed_uuid desc
    limit 100
  );
  suggested uuid[] := array(
    select candidate.uuid
    from suggestible_users(suggested_users.viewer, candidates) candidate
    order by candidate.rank
    limit suggested_users.max_count
  );
begin
  if cardinality(suggested) < suggested_users.max_count then
    candidates := array(
      select active.actor_uuid
      from (
        select item.actor_uuid from feed_items item where item.kind = 'activity' order by item.uuid desc limit 200
      ) active
      where active.actor_uuid <> all (suggested)
      group by active.actor_uuid
      order by active.actor_uuid desc
    );
    suggested := suggested || array(
      select candidate.uuid
      from suggestible_users(suggested_users.viewer, candidates) candidate
      order by candidate.rank
      limit suggested_users.max_count - cardinality(suggested)
    );
  end if;
  return suggested;
end
$$;

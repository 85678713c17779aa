-- Returns the candidates that can be suggested to the viewer (not the viewer, not hidden, muted, already followed or asked), with their
-- positions in the array, in its order. Pass a variable: Postgres inlines no call with a subquery as its argument.
create or replace function unknown_users(viewer uuid, candidates uuid[]) returns table (uuid uuid, place bigint)
language sql stable
as $$
  select candidate.uuid, candidate.place
  -- Sort first, so that a limit ends the look-ups below.
  from (
    select listed.uuid, listed.place
    from unnest(unknown_users.candidates) with ordinality listed (uuid, place)
    order by listed.place
  ) candidate
  where candidate.uuid <> unknown_users.viewer
    and candidate.uuid <> all (array(select hidden.uuid from hidden_users(unknown_users.viewer) hidden))
    and candidate.uuid <> all (array(select muted.uuid from muted_users(unknown_users.viewer) muted))
    and (
      select false
      from follows
      where follows.follower_uuid = unknown_users.viewer and follows.followed_uuid = candidate.uuid
    ) is null
    and (
      select false
      from follow_requests request
      where request.follower_uuid = unknown_users.viewer and request.followed_uuid = candidate.uuid
    ) is null
$$;

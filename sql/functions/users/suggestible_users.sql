-- Returns the candidates that can be suggested to the viewer (not the viewer, not hidden, muted, already followed or asked), in the
-- order of the array, with their ranks in it. Pass a variable: Postgres inlines no call with a subquery as its argument.
create or replace function suggestible_users(viewer uuid, candidates uuid[]) returns table (uuid uuid, rank bigint)
language sql stable
as $$
  select candidate.uuid, candidate.rank
  -- Sort first, so that a limit ends the look-ups below.
  from (
    select listed.uuid, listed.rank
    from unnest(suggestible_users.candidates) with ordinality listed (uuid, rank)
    order by listed.rank
  ) candidate
  where candidate.uuid <> suggestible_users.viewer
    and candidate.uuid <> all (array(select hidden.uuid from hidden_users(suggestible_users.viewer) hidden))
    and candidate.uuid <> all (array(select muted.uuid from muted_users(suggestible_users.viewer) muted))
    and (
      select false
      from follows
      where follows.follower_uuid = suggestible_users.viewer and follows.followed_uuid = candidate.uuid
    ) is null
    and (
      select false
      from follow_requests request
      where request.follower_uuid = suggestible_users.viewer and request.followed_uuid = candidate.uuid
    ) is null
$$;

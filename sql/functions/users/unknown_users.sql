-- Those of some users whom the viewer may be told of and does not follow yet, with their places in the array. Nobody who is hidden
-- or muted.
create or replace function unknown_users(viewer uuid, candidates uuid[]) returns table (uuid uuid, place bigint)
language sql stable
as $$
  select candidate.uuid, candidate.place
  from unnest(unknown_users.candidates) with ordinality candidate (uuid, place)
  where candidate.uuid <> unknown_users.viewer
    and candidate.uuid <> all (array(select hidden.uuid from hidden_users(unknown_users.viewer) hidden))
    and candidate.uuid <> all (array(select muted.uuid from muted_users(unknown_users.viewer) muted))
    and (
      select false
      from follows
      where follows.follower_uuid = unknown_users.viewer and follows.followed_uuid = candidate.uuid
    ) is null
$$;

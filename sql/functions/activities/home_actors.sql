-- Users whose activities a viewer's home shows: the viewer and those whom the viewer follows, but for muted ones.
create or replace function home_actors(viewer uuid) returns uuid[]
language sql stable
as $$
  select array(
    select home_actors.viewer
    union all
    (
      select follows.followed_uuid from follows where follows.follower_uuid = home_actors.viewer
      except
      select muted.uuid from muted_users(home_actors.viewer) muted
    )
  )
$$;

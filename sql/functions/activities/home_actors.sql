-- Users whose activities and reposts a viewer's home shows: the viewer and those whom the viewer follows, without muted and
-- hidden ones. An activity that a hidden user has reposted is visible itself, so the repost has to be left out here.
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
      except
      select hidden.uuid from hidden_users(home_actors.viewer) hidden
    )
  )
$$;

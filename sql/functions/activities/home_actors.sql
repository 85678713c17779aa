-- Returns the users whose activities and reposts a viewer's home shows: the viewer and their followees, without muted and hidden
-- users. Hidden ones are excluded here because a repost names its user even if the activity itself is visible.
create or replace function home_actors(viewer uuid) returns uuid[]
language sql stable
as $$
  select array(
    select home_actors.viewer
    union all
    select follows.followed_uuid
    from follows
    where follows.follower_uuid = home_actors.viewer
      and follows.followed_uuid <> all (array(select muted.uuid from muted_users(home_actors.viewer) muted))
      and follows.followed_uuid <> all (array(select hidden.uuid from hidden_users(home_actors.viewer) hidden))
  )
$$;

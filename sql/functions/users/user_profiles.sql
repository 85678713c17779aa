-- Returns profiles of users (profile in worker/contract/user.ts). The caller must filter by visible_users. If one of the two has
-- blocked the other, counts are 0, as the lists are empty. Select one by its uuid, in a lateral with limit 1.
create or replace function user_profiles(viewer uuid) returns table (uuid uuid, profile json)
language sql stable
as $$
  select
    person.uuid,
    json_build_object(
      'uuid', person.uuid,
      'handle', person.handle,
      'display_name', person.display_name,
      'avatar_url', avatar_url(person),
      'bio', person.bio,
      'created_at', iso(person.created_at),
      'cruds_count', case when relation.is_blocked then 0 else (
        -- Two index-only scans: one index has all activities by expiry, the other those of limited audience.
        select count(*)
        from activities activity
        where activity.user_uuid = person.uuid
          and activity.expires_at > now()
          and activity.reply_to_activity_uuid is null
      ) - case when person.uuid = user_profiles.viewer then 0 else (
        select count(*)
        from activities limited
        where limited.user_uuid = person.uuid
          and limited.expires_at > now()
          and limited.reply_to_activity_uuid is null
          and limited.audience <> 'everyone'
      ) end end,
      'followers_count', case when relation.is_blocked then 0 else person.followers_count - (
        select count(*)
        from follows
        where follows.followed_uuid = person.uuid
          and follows.follower_uuid = any (array(select hidden.uuid from hidden_users(user_profiles.viewer) hidden))
      ) end,
      'following_count', case when relation.is_blocked then 0 else person.following_count - (
        select count(*)
        from follows
        where follows.follower_uuid = person.uuid
          and follows.followed_uuid = any (array(select hidden.uuid from hidden_users(user_profiles.viewer) hidden))
      ) end,
      'approves_followers', person.approves_followers,
      'banner_color', person.banner_color,
      'viewer', case when user_profiles.viewer is not null then json_build_object(
        'following', following_state(user_profiles.viewer, person.uuid),
        'followed_by', exists (
          select from follows
          where follows.follower_uuid = person.uuid and follows.followed_uuid = user_profiles.viewer
        ),
        'asks_to_follow', exists (
          select from follow_requests request
          where request.follower_uuid = person.uuid and request.followed_uuid = user_profiles.viewer
        ),
        'in_circle', exists (
          select from circle_members
          where circle_members.owner_uuid = user_profiles.viewer and circle_members.member_uuid = person.uuid
        ),
        'blocking', exists (
          select from blocks
          where blocks.blocker_uuid = user_profiles.viewer and blocks.blocked_uuid = person.uuid
        ),
        'muting', exists (
          select from mutes
          where mutes.muter_uuid = user_profiles.viewer and mutes.muted_uuid = person.uuid and mutes.ends_at > now()
        )
      ) end
    )
  from users person
  cross join lateral (
    select person.uuid = any (array(select hidden.uuid from hidden_users(user_profiles.viewer) hidden)) as is_blocked
  ) relation
$$;

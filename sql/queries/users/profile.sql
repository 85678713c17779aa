-- A person's page, as the viewer sees it. No row: nobody has the handle, or whoever has it has blocked the viewer, who has
-- not blocked them.
-- $1 viewer_sub text (null: signed out), $2 viewer_auth_time bigint, $3 handle text
with viewer as materialized (
  select viewer_uuid($1::text, $2::bigint) as uuid
)
select
  person.uuid,
  person.handle,
  person.display_name,
  '/media/avatars/' || person.uuid || '/' || person.avatar_key as avatar_url,
  person.bio,
  person.created_at,
  case when viewer.uuid is not null and is_blocked(viewer.uuid, person.uuid) then 0 else (
    select count(*)::integer
    from live_activities(null) activity
    where activity.user_uuid = person.uuid and activity.reply_to_activity_uuid is null
  ) end as cruds_count,
  person.followers_count - (
    select count(*)::integer
    from departures
    join follows on follows.follower_uuid = departures.user_uuid and follows.followed_uuid = person.uuid
  ) as followers_count,
  person.following_count - (
    select count(*)::integer
    from departures
    join follows on follows.followed_uuid = departures.user_uuid and follows.follower_uuid = person.uuid
  ) as following_count,
  case
    when viewer.uuid is null then null
    else json_build_object(
      'following', exists (
        select from follows where follows.follower_uuid = viewer.uuid and follows.followed_uuid = person.uuid
      ),
      'followed_by', exists (
        select from follows where follows.follower_uuid = person.uuid and follows.followed_uuid = viewer.uuid
      ),
      'blocking', exists (
        select from blocks where blocks.blocker_uuid = viewer.uuid and blocks.blocked_uuid = person.uuid
      ),
      'muting', is_muted(viewer.uuid, person.uuid)
    )
  end as viewer
from viewer
join people() person on person.handle = lower($3::text)
where not exists (
  select from blocks where blocks.blocker_uuid = person.uuid and blocks.blocked_uuid = viewer.uuid
) or exists (
  select from blocks where blocks.blocker_uuid = viewer.uuid and blocks.blocked_uuid = person.uuid
)

-- One's own page, and what one has chosen for oneself.
-- $1 viewer_sub text, $2 viewer_auth_time bigint
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
  (
    select count(*)::integer
    from live_activities(null) activity
    where activity.user_uuid = person.uuid and activity.reply_to_activity_uuid is null
  ) as cruds_count,
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
  json_build_object('following', false, 'followed_by', false, 'blocking', false, 'muting', false) as viewer,
  person.default_ttl,
  person.theme
from viewer
join users person on person.uuid = viewer.uuid

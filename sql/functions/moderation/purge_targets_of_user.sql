-- Returns the activities whose cached pages must be purged when a user is hidden or shown again, as purge_targets does: the user's
-- twenty activities that expire last, and the parents and roots of these.
create or replace function purge_targets_of_user(author uuid) returns json
language sql stable
as $$
  with own as (
    select activity.uuid, activity.user_uuid, activity.root_uuid, activity.reply_to_activity_uuid
    from activities activity
    where activity.user_uuid = purge_targets_of_user.author and activity.expires_at > now()
    order by activity.expires_at desc
    limit 20
  ),
  target as (
    select own.uuid, own.user_uuid, true as is_deleted from own
    union
    select above.uuid, above.user_uuid, false
    from own
    join activities above on above.uuid in (own.root_uuid, own.reply_to_activity_uuid)
    where above.user_uuid <> own.user_uuid
  )
  select coalesce(json_agg(purge_target(target.uuid, target.user_uuid, target.is_deleted)), '[]')
  from target
$$;

-- Returns the activities whose cached pages may show an activity that is about to be deleted: itself, its ancestors and its
-- replies (at most 20 each, the nearest first), as a JSON array of {uuid, handle, is_deleted, tags, images_count}. is_deleted: it is
-- deleted too; only those have tags and images.
create or replace function purge_targets(activity_uuid uuid) returns json
language sql stable
as $$
  with recursive up as (
    select activity.uuid, activity.user_uuid, activity.reply_to_activity_uuid, 0 as height
    from activities activity
    where activity.uuid = purge_targets.activity_uuid
    union all
    select parent.uuid, parent.user_uuid, parent.reply_to_activity_uuid, up.height + 1
    from up
    join activities parent on parent.uuid = up.reply_to_activity_uuid
    where up.height < 20
  ),
  down as (
    select up.uuid, up.user_uuid
    from up
    where up.height = 0
    union all
    select reply.uuid, reply.user_uuid
    from down
    cross join lateral (
      select child.uuid, child.user_uuid
      from activities child
      where child.reply_to_activity_uuid = down.uuid and child.expires_at > now()
      order by child.uuid
      limit 21
    ) reply
  ),
  deleted as (
    select down.uuid, down.user_uuid from down limit 21
  ),
  target as (
    select deleted.uuid, deleted.user_uuid, true as is_deleted from deleted
    union all
    select up.uuid, up.user_uuid, false from up where up.height > 0
  )
  select coalesce(json_agg(purge_target(target.uuid, target.user_uuid, target.is_deleted)), '[]')
  from target
$$;

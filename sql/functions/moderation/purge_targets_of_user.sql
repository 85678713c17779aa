-- Returns the activities of a user whose cached pages must be purged when they are hidden or shown again: the twenty that expire
-- last, as purge_targets does.
create or replace function purge_targets_of_user(author uuid) returns json
language sql stable
as $$
  select coalesce(json_agg(json_build_object(
    'uuid', shown.uuid,
    'handle', person.handle,
    'is_deleted', true,
    'tags', array(select activity_tags.tag from activity_tags where activity_tags.activity_uuid = shown.uuid)
  )), '[]')
  from (
    select activity.uuid
    from activities activity
    where activity.user_uuid = purge_targets_of_user.author and activity.expires_at > now()
    order by activity.expires_at desc
    limit 20
  ) shown
  join users person on person.uuid = purge_targets_of_user.author
$$;

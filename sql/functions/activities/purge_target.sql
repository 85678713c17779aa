-- Returns what the Worker needs to purge the cached pages of an activity, with its tags and the number of its images if it is deleted.
create or replace function purge_target(activity uuid, author uuid, is_deleted boolean) returns json
language sql stable
as $$
  select json_build_object(
    'uuid', purge_target.activity,
    'handle', (select users.handle from users where users.uuid = purge_target.author),
    'is_deleted', purge_target.is_deleted,
    'tags', case when purge_target.is_deleted
      then array(select tagged.tag from activity_tags tagged where tagged.activity_uuid = purge_target.activity)
      else '{}'::text[] end,
    'images_count', case when purge_target.is_deleted
      then coalesce(
        (select jsonb_array_length(deleted.images) from activities deleted where deleted.uuid = purge_target.activity),
        0
      )
      else 0 end
  )
$$;

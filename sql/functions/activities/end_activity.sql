-- Deletes a locked activity with all its replies, and returns the images that were deleted with them. A thread of up to 1,000
-- activities is deleted at once, by cascade. A larger one only expires, which hides all of it; the sweep then deletes its rows in
-- batches.
create or replace function end_activity(ended activities) returns uuid[]
language plpgsql
as $$
declare
  thread_uuids uuid[];
  image_uuids uuid[];
begin
  with recursive thread as (
    select ended.uuid
    union all
    select reply.uuid from thread join activities reply on reply.reply_to_activity_uuid = thread.uuid
  )
  select array_agg(bounded.uuid) into thread_uuids from (select thread.uuid from thread limit 1001) bounded;

  with deleted as (
    delete from activity_images image where image.activity_uuid = any (thread_uuids) returning image.uuid
  )
  select coalesce(array_agg(deleted.uuid), '{}') into image_uuids from deleted;

  if cardinality(thread_uuids) <= 1000 then
    delete from activities where activities.uuid = ended.uuid;
    return image_uuids;
  end if;

  update activities set expires_at = now() where activities.uuid = ended.uuid;
  -- A reply is hidden if its parent or its root has expired. The root is still live here, so expire every parent below.
  if ended.reply_to_activity_uuid is not null then
    with recursive thread as (
      select ended.uuid
      union all
      select reply.uuid from thread join activities reply on reply.reply_to_activity_uuid = thread.uuid
    )
    update activities
    set expires_at = now()
    from thread
    where activities.uuid = thread.uuid and activities.stored_replies_count > 0 and activities.expires_at > now();
  end if;
  return image_uuids;
end
$$;

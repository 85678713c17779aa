-- Deletes expired activities with all rows that refer to them, earliest expiry first, and replies before their parents. No
-- statement deletes more than batch_size activities, nor one with many reactions. Replies to an expired activity are deleted with
-- it, even if they have not expired. Never waits for locks, not even of another sweep: locked activities, and replies to locked
-- ones, are left for later.
-- Returns how many rows were deleted or got an earlier expiry; 0: nothing can be deleted now.
create or replace function sweep_expired_activities(batch_size integer) returns table (count integer)
language plpgsql security definer
-- Also for the cascades, which Postgres would otherwise plan again for each activity.
set plan_cache_mode = force_generic_plan
set enable_memoize = off
as $$
declare
  expired uuid[];
  replies uuid[] := '{}';
  level uuid[];
  parents uuid[];
  changed integer;
begin
  count := 0;
  expired := array(
    select activity.uuid
    from activities activity
    where activity.expires_at <= now()
    order by activity.expires_at, activity.uuid desc
    limit sweep_expired_activities.batch_size
    for no key update skip locked
  );
  -- Collect their replies at all levels, expired or not.
  level := expired;
  loop
    level := array(
      select reply.uuid
      from activities parent
      cross join lateral (
        select child.uuid
        from activities child
        where child.reply_to_activity_uuid = parent.uuid and child.uuid <> all (expired || replies)
        order by child.uuid desc
        -- A constant: with a parameter a generic plan would expect a tenth of the table.
        limit 1000
        for no key update skip locked
      ) reply
      where parent.uuid = any (level) and parent.stored_replies_count > 0
      limit sweep_expired_activities.batch_size - cardinality(replies)
    );
    exit when level = '{}';
    replies := replies || level;

    -- Replies with replies expire with their parent, so that later batches find them before the parent.
    update activities reply
    set expires_at = greatest(parent.expires_at, reply.created_at + interval '1 microsecond')
    from activities parent
    where reply.uuid = any (level)
      and reply.stored_replies_count > 0
      and parent.uuid = reply.reply_to_activity_uuid
      and reply.expires_at > greatest(parent.expires_at, reply.created_at + interval '1 microsecond');
    get diagnostics changed = row_count;
    count := count + changed;
  end loop;

  count := count + sweep_many_reactions(expired || replies);

  -- Lock their parents, whose reply counts change.
  parents := array(
    select parent.uuid
    from activities parent
    where parent.uuid = any (array(
      select reply.reply_to_activity_uuid from activities reply where reply.uuid = any (expired || replies)
    ))
    for no key update skip locked
  );
  -- Each round deletes activities that have no replies left, at most batch_size of the expired ones and their replies together.
  loop
    delete from activities activity
    where activity.uuid = any (array(
      select leaf.uuid
      from activities leaf
      where leaf.uuid = any (expired || replies)
        and leaf.stored_replies_count = 0
        and not has_many_reactions(leaf)
        and (leaf.reply_to_activity_uuid is null or leaf.reply_to_activity_uuid = any (parents))
      limit sweep_expired_activities.batch_size
    ));
    get diagnostics changed = row_count;
    exit when changed = 0;
    count := count + changed;
  end loop;
  return next;
end
$$;

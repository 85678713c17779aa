-- Deletes expired activities with all that hangs on them, the earliest expiry first and replies before what they reply to.
-- However large a thread is, no statement deletes more than batch_size activities, nor one with many reactions. Replies of an
-- expired activity go with it, also where their own expiry lies ahead. It never waits, for another
-- sweep neither: what is locked, or replies to what is locked, is left for later.
-- Returns how many rows were deleted or given an earlier expiry; 0: there is nothing left that can be deleted now.
create or replace function sweep_expired_activities(batch_size integer) returns table (count integer)
language plpgsql security definer
-- Also for the cascades, each of which Postgres would else plan anew with each activity.
set plan_cache_mode = force_generic_plan
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
  -- Replies of those, and replies of replies, whether or not they have expired themselves.
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

    -- Those that have replies expire with their parent, so that later batches find them before it.
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

  -- What they reply to counts its replies, so its row is written too.
  parents := array(
    select parent.uuid
    from activities parent
    where parent.uuid = any (array(
      select reply.reply_to_activity_uuid from activities reply where reply.uuid = any (expired || replies)
    ))
    for no key update skip locked
  );
  -- Each round deletes those that have no replies any more.
  loop
    delete from activities activity
    where activity.uuid = any (expired || replies)
      and activity.stored_replies_count = 0
      and not has_many_reactions(activity)
      and (activity.reply_to_activity_uuid is null or activity.reply_to_activity_uuid = any (parents));
    get diagnostics changed = row_count;
    exit when changed = 0;
    count := count + changed;
  end loop;
  return next;
end
$$;

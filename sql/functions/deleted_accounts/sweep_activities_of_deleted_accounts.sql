-- Deletes activities of deleted accounts, at most batch_size. Those with replies or many reactions only expire here, and
-- sweep_expired_activities deletes them in batches. Returns how many were deleted or expired.
create or replace function sweep_activities_of_deleted_accounts(batch_size integer) returns table (count integer)
language plpgsql security definer
as $$
declare
  deleted_users constant uuid[] := lock_account_deletions();
  chosen uuid[];
  expired_count integer;
begin
  chosen := array(
    select found.uuid
    from unnest(deleted_users) member (uuid)
    cross join lateral (
      select activity.uuid
      from activities activity
      where activity.user_uuid = member.uuid
        and (activity.expires_at > now() or (activity.stored_replies_count = 0 and not has_many_reactions(activity)))
      order by activity.expires_at desc
      limit sweep_activities_of_deleted_accounts.batch_size
    ) found
    limit sweep_activities_of_deleted_accounts.batch_size
  );
  -- Lock them with their parents, whose reply counts change; in order of uuid, to avoid deadlocks.
  perform from activities locked
  where locked.uuid = any (chosen || array(
    select reply.reply_to_activity_uuid from activities reply where reply.uuid = any (chosen)
  ))
  order by locked.uuid
  for no key update;

  delete from activities activity
  where activity.uuid = any (chosen) and activity.stored_replies_count = 0 and not has_many_reactions(activity);
  get diagnostics count = row_count;

  update activities activity
  set expires_at = greatest(now(), activity.created_at + interval '1 microsecond')
  where activity.uuid = any (chosen)
    and (activity.stored_replies_count > 0 or has_many_reactions(activity))
    and activity.expires_at > greatest(now(), activity.created_at + interval '1 microsecond');
  get diagnostics expired_count = row_count;
  count := count + expired_count;
  return next;
end
$$;

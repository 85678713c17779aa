-- Returns what is deleted with the viewer's own activity: the number of live replies at any depth (at most 10,000), and of their
-- authors. No row: the viewer may not see it. is_own is false for another user's activity, and nothing is counted. In a thread that
-- the viewer may no longer see, only the viewer's own replies are counted.
create or replace function read_deletion_impact(viewer_sub text, activity_uuid uuid)
returns table (is_own boolean, replies_count integer, people_count integer)
language plpgsql stable security definer
set plan_cache_mode = force_generic_plan
set enable_memoize = off
as $$
declare
  viewer constant uuid := find_viewer(read_deletion_impact.viewer_sub);
begin
  return query
  with recursive target as materialized (
    select
      visible.uuid,
      visible.user_uuid = viewer as is_own,
      is_in_audience(viewer, visible.audience, visible.root_uuid) as is_open
    from visible_activities(viewer) visible
    where visible.uuid = read_deletion_impact.activity_uuid
  ),
  thread as (
    select target.uuid, null::uuid as user_uuid, 0 as depth
    from target
    where target.is_own
    union all
    select reply.uuid, reply.user_uuid, thread.depth + 1
    from thread
    join activities reply on reply.reply_to_activity_uuid = thread.uuid
    where reply.expires_at > now()
      and reply.user_uuid <> all (array(select hidden.uuid from hidden_users(null) hidden))
      and thread.depth < 1000
      and (reply.user_uuid = viewer or (select target.is_open from target))
  ),
  replies as materialized (
    select thread.user_uuid from thread where thread.depth > 0 limit 10000
  )
  select
    target.is_own,
    (select count(*)::integer from replies),
    (select count(distinct replies.user_uuid)::integer from replies)
  from target;
end
$$;

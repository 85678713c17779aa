-- Returns the three oldest listed replies to an activity, with their rank from 1.
create or replace function first_replies(viewer uuid, parent_uuid uuid)
returns table (uuid uuid, has_replies boolean, rank bigint)
language sql stable
as $$
  select reply.uuid, reply.has_replies, row_number() over (order by reply.uuid)
  from (
    select candidate.uuid, candidate.stored_replies_count > 0 as has_replies
    from activities candidate
    where candidate.reply_to_activity_uuid = first_replies.parent_uuid
      and (select true from listed_activities(first_replies.viewer) listed where listed.uuid = candidate.uuid)
    order by candidate.uuid
    limit 3
  ) reply
$$;

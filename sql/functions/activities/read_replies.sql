-- Returns listed replies to an activity, oldest first, after the position `after` (null: from the first). Each is followed by its
-- own replies down to `max_depth` (1: none): at most three per reply and 30 in all. If there are more than 30, lower depths come
-- first, then each reply's first reply before any second one. The last of page_size direct replies is read without its replies:
-- the caller only needs it to know that there is another page.
create or replace function read_replies(
  viewer_sub text, activity_uuid uuid, after uuid, page_size integer, max_depth integer
)
returns table (activity json, "position" uuid, depth integer)
language plpgsql stable security definer
set plan_cache_mode = force_generic_plan
set enable_memoize = off
as $$
declare
  viewer constant uuid := find_viewer(read_replies.viewer_sub);
begin
  return query
  with direct as materialized (
    select
      array[reply.uuid] as path,
      reply.has_replies and read_replies.max_depth > 1 as has_replies,
      row_number() over (order by reply.uuid) as rank
    from (
      select candidate.uuid, candidate.stored_replies_count > 0 as has_replies
      from activities candidate
      where candidate.reply_to_activity_uuid = read_replies.activity_uuid
        and candidate.uuid > coalesce(read_replies.after, '00000000-0000-0000-0000-000000000000')
        and (select true from listed_activities(viewer) listed where listed.uuid = candidate.uuid)
      order by candidate.uuid
      -- A constant: with a parameter a generic plan would expect a tenth of the table.
      limit 101
    ) reply
    limit read_replies.page_size
  ),
  second as materialized (
    select parent.path || reply.uuid as path, reply.has_replies and read_replies.max_depth > 2 as has_replies, reply.rank
    from direct parent
    cross join lateral first_replies(viewer, parent.path[1]) reply
    where parent.has_replies and parent.rank < read_replies.page_size
  ),
  third as materialized (
    select parent.path || reply.uuid as path, reply.has_replies and read_replies.max_depth > 3 as has_replies, reply.rank
    from second parent
    cross join lateral first_replies(viewer, parent.path[2]) reply
    where parent.has_replies
    order by reply.rank, parent.path, reply.uuid
    limit 30
  ),
  fourth as materialized (
    select parent.path || reply.uuid as path, reply.rank
    from third parent
    cross join lateral first_replies(viewer, parent.path[3]) reply
    where parent.has_replies
  ),
  below as (
    select nested.path
    from (
      select second.path, second.rank from second
      union all
      select third.path, third.rank from third
      union all
      select fourth.path, fourth.rank from fourth
    ) nested
    order by cardinality(nested.path), nested.rank, nested.path
    limit 30
  )
  select card.activity, shown.path[cardinality(shown.path)], cardinality(shown.path)
  from (
    select direct.path from direct
    union all
    select below.path from below
  ) shown
  cross join lateral (
    select cards.activity from activity_cards(viewer) cards where cards.uuid = shown.path[cardinality(shown.path)] limit 1
  ) card
  order by shown.path;
end
$$;

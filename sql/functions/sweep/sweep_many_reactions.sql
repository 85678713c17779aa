-- Deletes likes and reposts, with their feed items and notifications, of those of the given activities that have many
-- (has_many_reactions): at most 1,000 rows of each kind. Returns the number of deleted likes and reposts.
create or replace function sweep_many_reactions(activity_uuids uuid[]) returns integer
language plpgsql
as $$
declare
  popular uuid[];
  deleted integer;
  total integer := 0;
begin
  popular := array(
    select activity.uuid
    from activities activity
    where activity.uuid = any (sweep_many_reactions.activity_uuids) and has_many_reactions(activity)
  );
  if popular = '{}' then
    return 0;
  end if;

  delete from notifications notification
  where notification.uuid = any (array(
    select candidate.uuid from notifications candidate where candidate.activity_uuid = any (popular) limit 1000
  ));
  delete from likes reaction
  where reaction.activity_uuid = any (popular)
    and reaction.uuid = any (array(
      select candidate.uuid from likes candidate where candidate.activity_uuid = any (popular) limit 1000
    ));
  get diagnostics deleted = row_count;
  total := total + deleted;

  delete from feed_items item
  where item.uuid = any (array(
    select candidate.uuid
    from feed_items candidate
    where candidate.activity_uuid = any (popular) and candidate.kind = 'repost'
    limit 1000
  ));
  delete from reposts reaction
  where reaction.activity_uuid = any (popular)
    and reaction.uuid = any (array(
      select candidate.uuid from reposts candidate where candidate.activity_uuid = any (popular) limit 1000
    ));
  get diagnostics deleted = row_count;
  return total + deleted;
end
$$;

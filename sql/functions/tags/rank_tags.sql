-- Replaces the trending tags by the most used ones, with their numbers of live activities; the cron calls it. Each author counts
-- once per tag, halved for every six hours since their last use. Reads the 50,000 newest uses of tags.
create or replace function rank_tags(tags_kept integer) returns void
language plpgsql security definer
as $$
declare
  ranked_tags text[];
  ranked_scores double precision[];
begin
  select coalesce(array_agg(ranked.tag), '{}'), array_agg(ranked.score) into ranked_tags, ranked_scores
  from (
    select
      used.tag,
      sum(power(0.5::double precision, extract(epoch from now() - used.latest)::double precision / 21600)) as score
    from (
      select newest.tag, activity.user_uuid, max(activity.created_at) as latest
      from (
        select tagged.tag, tagged.activity_uuid
        from activity_tags tagged
        order by tagged.activity_uuid desc
        limit 50000
      ) newest
      join visible_activities(null) activity on activity.uuid = newest.activity_uuid
      group by newest.tag, activity.user_uuid
    ) used
    group by used.tag
    order by score desc, used.tag
    limit rank_tags.tags_kept
  ) ranked;

  delete from trending_tags trending where trending.tag <> all (ranked_tags);

  insert into trending_tags (tag, score, cruds_count)
  select
    ranked.tag,
    ranked.score,
    (select count(*) from activity_tags tagged where tagged.tag = ranked.tag) - coalesce(ended.cruds_count, 0)
  from unnest(ranked_tags, ranked_scores) as ranked (tag, score)
  left join (
    -- Subtract the few activities that are not live: checking each activity of a tag takes ten times as long.
    select tagged.tag, count(*) as cruds_count
    from (
      select expired.uuid
      from activities expired
      where expired.expires_at <= now()
      union
      select of_hidden_user.uuid
      from activities of_hidden_user
      where of_hidden_user.user_uuid = any (array(select hidden.uuid from hidden_users(null) hidden))
    ) activity
    cross join lateral (
      select uses.tag from activity_tags uses where uses.activity_uuid = activity.uuid offset 0
    ) tagged
    group by tagged.tag
  ) ended on ended.tag = ranked.tag
  -- Always in the same order, so that concurrent rankings do not deadlock.
  order by ranked.tag
  on conflict on constraint trending_tags__tag
  do update set score = excluded.score, cruds_count = excluded.cruds_count;
end
$$;

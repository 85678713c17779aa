-- Writes what is talked about: each person counts once a tag, and half as much for every six hours gone by. Heard is what
-- fifty thousand tags were last used for, which on a quiet site is all there is.
-- Live cruds are counted: all, without those that have ended or are of people who are leaving. Those few are found first, and
-- their tags one by one (offset 0); to ask of each crud with such a tag whether it lives takes ten times as long.
-- $1 limit integer
with heard as materialized (
  select activity_tags.tag, activity_tags.activity_uuid
  from activity_tags
  order by activity_tags.activity_uuid desc
  limit 50000
),
said as (
  select heard.tag, activity.user_uuid, max(activity.created_at) as latest
  from heard
  join live_activities(null) activity on activity.uuid = heard.activity_uuid
  group by heard.tag, activity.user_uuid
),
ranked as materialized (
  select said.tag, sum(power(0.5::double precision, extract(epoch from now() - said.latest)::double precision / 21600)) as score
  from said
  group by said.tag
  order by score desc, said.tag
  limit $1::integer
),
hidden as materialized (
  select tagged.tag, count(*) as cruds_count
  from (
    select ended.uuid
    from activities ended
    where ended.expires_at <= now()
    union
    select leaving.uuid
    from activities leaving
    where leaving.user_uuid = any(array(select departures.user_uuid from departures))
  ) activity
  cross join lateral (
    select activity_tags.tag
    from activity_tags
    where activity_tags.activity_uuid = activity.uuid
    offset 0
  ) tagged
  group by tagged.tag
),
dropped as (
  delete from trending_tags
  where not exists (select from ranked where ranked.tag = trending_tags.tag)
)
insert into trending_tags (tag, score, cruds_count)
select
  ranked.tag,
  ranked.score,
  (select count(*) from activity_tags where activity_tags.tag = ranked.tag) - coalesce(hidden.cruds_count, 0)
from ranked
left join hidden on hidden.tag = ranked.tag
on conflict on constraint trending_tags__tag
do update set score = excluded.score, cruds_count = excluded.cruds_count
returning trending_tags.tag

-- Writes what is talked about: each person counts once a tag, and half as much for every six hours gone by.
-- $1 limit integer
with said as (
  select activity_tags.tag, activity.user_uuid, max(activity.created_at) as latest
  from activity_tags
  join live_activities(null) activity on activity.uuid = activity_tags.activity_uuid
  group by activity_tags.tag, activity.user_uuid
),
ranked as materialized (
  select said.tag, sum(power(0.5, extract(epoch from now() - said.latest) / 21600)) as score
  from said
  group by said.tag
  order by score desc, said.tag
  limit $1::integer
),
dropped as (
  delete from trending_tags
  where not exists (select from ranked where ranked.tag = trending_tags.tag)
)
insert into trending_tags (tag, score)
select ranked.tag, ranked.score
from ranked
on conflict on constraint trending_tags__tag do update set score = excluded.score
returning trending_tags.tag

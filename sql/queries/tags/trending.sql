-- What is talked about, with how many live cruds say it; a tag without one does not show.
-- $1 viewer_sub text (null: signed out), $2 viewer_auth_time bigint, $3 limit integer
with viewer as materialized (
  select viewer_uuid($1::text, $2::bigint) as uuid
),
counted as materialized (
  select
    trending_tags.tag,
    trending_tags.score,
    (
      select count(*)::integer
      from activity_tags
      join listed_activities(viewer.uuid) activity on activity.uuid = activity_tags.activity_uuid
      where activity_tags.tag = trending_tags.tag
    ) as cruds_count
  from viewer, trending_tags
)
select counted.tag, counted.cruds_count
from counted
where counted.cruds_count > 0
order by counted.score desc, counted.tag
limit $3::integer

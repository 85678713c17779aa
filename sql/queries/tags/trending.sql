-- What is talked about, with how many live cruds say it and until when; a tag without one does not show.
-- $1 viewer_sub text (null: signed out), $2 viewer_auth_time bigint, $3 limit integer
-- Counted tag by tag, the most talked about first, until there are enough.
with viewer as materialized (
  select viewer_uuid($1::text, $2::bigint) as uuid
)
select ranked.tag, counted.cruds_count, counted.expires_at
from viewer
cross join (
  select trending_tags.tag, trending_tags.score
  from trending_tags
  order by trending_tags.score desc, trending_tags.tag
) ranked
cross join lateral (
  select count(*)::integer as cruds_count, max(activity.expires_at) as expires_at
  from activity_tags
  join listed_activities(viewer.uuid) activity on activity.uuid = activity_tags.activity_uuid
  where activity_tags.tag = ranked.tag
) counted
where counted.cruds_count > 0
order by ranked.score desc, ranked.tag
limit $3::integer

-- What is talked about, with how many live cruds say it and until when; a tag without one does not show.
-- $1 viewer_sub text (null: signed out), $2 viewer_auth_time bigint, $3 limit integer
-- Looked at tag by tag, the most talked about first, until there are enough. From twenty on, the count is the last minute's.
with viewer as materialized (
  select viewer_uuid($1::text, $2::bigint) as uuid
)
select
  ranked.tag,
  case
    when seen.cruds_count < 20 then seen.cruds_count
    else greatest(seen.cruds_count, ranked.cruds_count)
  end as cruds_count,
  seen.expires_at
from viewer
cross join (
  select trending_tags.tag, trending_tags.score, trending_tags.cruds_count
  from trending_tags
  order by trending_tags.score desc, trending_tags.tag
) ranked
cross join lateral (
  select count(*)::integer as cruds_count, max(latest.expires_at) as expires_at
  from (
    select live.expires_at
    from activity_tags
    cross join lateral (
      select activity.expires_at
      from listed_activities(viewer.uuid) activity
      where activity.uuid = activity_tags.activity_uuid
      limit 1
    ) live
    where activity_tags.tag = ranked.tag
    order by activity_tags.activity_uuid desc
    limit 20
  ) latest
) seen
where seen.cruds_count > 0
order by ranked.score desc, ranked.tag
limit $3::integer

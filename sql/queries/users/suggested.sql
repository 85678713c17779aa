-- People to follow: whom those follow whom the viewer follows, then whoever has crudded lately. Asked are fifty of
-- those whom the viewer follows, who have joined last, for fifty each.
-- $1 viewer_sub text, $2 viewer_auth_time bigint, $3 limit integer
with viewer as materialized (
  select viewer_uuid($1::text, $2::bigint) as uuid
),
circle as materialized (
  select follows.followed_uuid as uuid
  from viewer
  join follows on follows.follower_uuid = viewer.uuid
  order by follows.followed_uuid desc
  limit 50
),
near as materialized (
  select friend.followed_uuid as uuid, count(*) as links
  from circle
  cross join lateral (
    select follows.followed_uuid
    from follows
    where follows.follower_uuid = circle.uuid
    limit 50
  ) friend
  group by friend.followed_uuid
  order by links desc
  limit 100
),
active as materialized (
  select latest.actor_uuid as uuid, 0::bigint as links
  from (
    select item.actor_uuid
    from feed_items item
    where item.kind = 'crud'
    order by item.uuid desc
    limit 200
  ) latest
  group by latest.actor_uuid
),
candidates as materialized (
  select candidate.uuid, max(candidate.links) as links
  from (select near.uuid, near.links from near union all select active.uuid, active.links from active) candidate
  group by candidate.uuid
  order by links desc, candidate.uuid desc
  limit 300
),
chosen as materialized (
  select candidates.uuid, candidates.links
  from viewer
  cross join (select ranked.uuid, ranked.links from candidates ranked order by ranked.links desc, ranked.uuid desc) candidates
  where candidates.uuid <> viewer.uuid
    and coalesce((
      select false from follows where follows.follower_uuid = viewer.uuid and follows.followed_uuid = candidates.uuid
    ), true)
    and not is_hidden(viewer.uuid, candidates.uuid)
    and not is_muted(viewer.uuid, candidates.uuid)
  order by candidates.links desc, candidates.uuid desc
  limit $3::integer
)
select
  person.uuid,
  person.handle,
  person.display_name,
  '/media/avatars/' || person.uuid || '/' || person.avatar_key as avatar_url
from chosen
join users person on person.uuid = chosen.uuid
order by chosen.links desc, person.uuid desc

-- What the people whom the viewer follows and the viewer have crudded or reposted, newest first, each crud once;
-- everyone's for a viewer who follows nobody yet.
-- $1 viewer_sub text, $2 viewer_auth_time bigint, $3 top uuid (null: from the newest), $4 before uuid, $5 limit integer
-- Items above the top of the read count neither as rows nor as a newer item of the same crud: a read is gap-free.
-- Gathered at read, see decision 22: some more of the circle's newest places than a page has, looked at one by one until the
-- page is full. Should too many of them show nothing, each person's are looked at one by one.
with viewer as materialized (
  select viewer_uuid($1::text, $2::bigint) as uuid
),
circle as materialized (
  select follows.followed_uuid as uuid
  from viewer
  join follows on follows.follower_uuid = viewer.uuid
  except
  select mutes.muted_uuid
  from viewer
  join mutes on mutes.muter_uuid = viewer.uuid and mutes.ends_at > now()
  except
  select departures.user_uuid from departures
  union all
  select viewer.uuid from viewer
),
newcomer as materialized (
  select viewer.uuid
  from viewer
  where not exists (select from follows where follows.follower_uuid = viewer.uuid)
),
gathered as materialized (
  -- Of a few people, the newest of each.
  (
    select latest.place
    from circle
    cross join lateral (
      select item.uuid as place
      from feed_items item
      where item.actor_uuid = circle.uuid
        and ($3::uuid is null or item.uuid <= $3::uuid)
        and ($4::uuid is null or item.uuid < $4::uuid)
      order by item.uuid desc
      limit $5::integer + 10
    ) latest
    where (select count(*) from circle) <= 300
    order by latest.place desc
    limit $5::integer + 10
  )
  union all
  -- Of many, those among the newest of all: plenty, for to look at each of so many people takes thirty times as long, and where
  -- much has just ended, which is not swept yet, little of the newest shows.
  (
    select latest.place
    from (
      select item.uuid as place, item.actor_uuid
      from feed_items item
      where ($3::uuid is null or item.uuid <= $3::uuid)
        and ($4::uuid is null or item.uuid < $4::uuid)
      order by item.uuid desc
      limit 5000
    ) latest
    where (select count(*) from circle) > 300
      and (latest.actor_uuid in (select circle.uuid from circle)) is true
    order by latest.place desc
    limit $5::integer * 8
  )
),
found as materialized (
  select item.uuid as place, item.activity_uuid, item.actor_uuid, item.kind
  from viewer
  cross join (select gathered.place from gathered order by gathered.place desc) gathered
  join feed_items item on item.uuid = gathered.place
  where (select true from listed_activities(viewer.uuid) live where live.uuid = item.activity_uuid)
    and not exists (select from newcomer)
    and coalesce((
      select false
      from feed_items newer
      where newer.activity_uuid = item.activity_uuid
        and newer.uuid > item.uuid
        and ($3::uuid is null or newer.uuid <= $3::uuid)
        and (newer.actor_uuid in (select circle.uuid from circle)) is true
      limit 1
    ), true)
  order by item.uuid desc
  limit $5::integer
),
wanting as materialized (
  select viewer.uuid
  from viewer
  where (select count(*) from found) < $5::integer
    and not exists (select from newcomer)
    and ((select count(*) from gathered) > $5::integer + 9 or (select count(*) from circle) > 300)
),
page as materialized (
  select found.place, found.activity_uuid, found.actor_uuid, found.kind
  from found
  where not exists (select from wanting)
  union all
  (
    select item.place, item.activity_uuid, item.actor_uuid, item.kind
    from wanting
    cross join circle
    cross join lateral (
      select candidate.uuid as place, candidate.activity_uuid, candidate.actor_uuid, candidate.kind
      from feed_items candidate
      where candidate.actor_uuid = circle.uuid
        and ($3::uuid is null or candidate.uuid <= $3::uuid)
        and ($4::uuid is null or candidate.uuid < $4::uuid)
        and (select true from listed_activities(wanting.uuid) live where live.uuid = candidate.activity_uuid)
        and coalesce((
          select false
          from feed_items newer
          where newer.activity_uuid = candidate.activity_uuid
            and newer.uuid > candidate.uuid
            and ($3::uuid is null or newer.uuid <= $3::uuid)
            and (newer.actor_uuid in (select member.uuid from circle member)) is true
          limit 1
        ), true)
      order by candidate.uuid desc
      limit $5::integer
    ) item
    order by item.place desc
    limit $5::integer
  )
  union all
  select item.place, item.activity_uuid, item.actor_uuid, item.kind
  from newcomer
  cross join lateral (
    select candidate.uuid as place, candidate.activity_uuid, candidate.actor_uuid, candidate.kind
    from feed_items candidate
    where candidate.kind = 'crud'
      and ($3::uuid is null or candidate.uuid <= $3::uuid)
      and ($4::uuid is null or candidate.uuid < $4::uuid)
      and (select true from listed_activities(newcomer.uuid) live where live.uuid = candidate.activity_uuid)
    order by candidate.uuid desc
    limit $5::integer
  ) item
)
select
  card.uuid,
  card.message,
  card.created_at,
  card.expires_at,
  card.reply_to_activity_uuid,
  card.reply_to_handle,
  card.likes_count,
  card.reposts_count,
  card.replies_count,
  card."user",
  card.viewer,
  case when page.kind = 'repost' then user_card(actor) end as reposted_by,
  page.place
from viewer
cross join page
join activity_cards(viewer.uuid) card on card.uuid = page.activity_uuid
join users actor on actor.uuid = page.actor_uuid
order by page.place desc

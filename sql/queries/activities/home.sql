-- What the people whom the viewer follows and the viewer have crudded or reposted, newest first, each crud once;
-- everyone's for a viewer who follows nobody yet.
-- $1 viewer_sub text, $2 viewer_auth_time bigint, $3 top uuid (null: from the newest), $4 before uuid, $5 limit integer
-- Items above the top of the read count neither as rows nor as a newer item of the same crud: a read is gap-free.
with viewer as materialized (
  select viewer_uuid($1::text, $2::bigint) as uuid
),
circle as materialized (
  select follows.followed_uuid as uuid
  from viewer
  join follows on follows.follower_uuid = viewer.uuid
  where not is_muted(viewer.uuid, follows.followed_uuid)
  union all
  select viewer.uuid from viewer
),
newcomer as materialized (
  select viewer.uuid
  from viewer
  where not exists (select from follows where follows.follower_uuid = viewer.uuid)
),
page as materialized (
  (
    select item.place, item.activity_uuid, item.actor_uuid, item.kind
    from viewer
    cross join circle
    cross join lateral (
      select candidate.uuid as place, candidate.activity_uuid, candidate.actor_uuid, candidate.kind
      from feed_items candidate
      where candidate.actor_uuid = circle.uuid
        and ($3::uuid is null or candidate.uuid <= $3::uuid)
        and ($4::uuid is null or candidate.uuid < $4::uuid)
        and exists (select from listed_activities(viewer.uuid) live where live.uuid = candidate.activity_uuid)
        and not exists (
          select
          from feed_items newer
          where newer.activity_uuid = candidate.activity_uuid
            and newer.uuid > candidate.uuid
            and ($3::uuid is null or newer.uuid <= $3::uuid)
            and newer.actor_uuid in (select member.uuid from circle member)
        )
      order by candidate.uuid desc
      limit $5::integer
    ) item
    where not exists (select from newcomer)
    order by item.place desc
    limit $5::integer
  )
  union all
  -- Lateral, so that it is run for a newcomer alone.
  select item.place, item.activity_uuid, item.actor_uuid, item.kind
  from newcomer
  cross join lateral (
    select candidate.uuid as place, candidate.activity_uuid, candidate.actor_uuid, candidate.kind
    from feed_items candidate
    where candidate.kind = 'crud'
      and ($3::uuid is null or candidate.uuid <= $3::uuid)
      and ($4::uuid is null or candidate.uuid < $4::uuid)
      and exists (select from listed_activities(newcomer.uuid) live where live.uuid = candidate.activity_uuid)
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

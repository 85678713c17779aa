-- What a person has crudded or reposted, newest first; nothing where one of the two has blocked the other.
-- Each crud once: a person's repost of their own does not show here.
-- $1 viewer_sub text (null: signed out), $2 viewer_auth_time bigint, $3 handle text,
-- $4 before uuid (null: from the newest), $5 limit integer
with viewer as materialized (
  select viewer_uuid($1::text, $2::bigint) as uuid
),
page as materialized (
  select item.place, item.activity_uuid, item.kind
  from viewer
  join people() actor on actor.handle = lower($3::text)
  cross join lateral (
    select candidate.uuid as place, candidate.activity_uuid, candidate.kind
    from feed_items candidate
    where candidate.actor_uuid = actor.uuid
      and ($4::uuid is null or candidate.uuid < $4::uuid)
      and (
        select candidate.kind = 'crud' or live.user_uuid <> actor.uuid
        from live_activities(viewer.uuid) live
        where live.uuid = candidate.activity_uuid
      )
    order by candidate.uuid desc
    limit $5::integer
  ) item
  where viewer.uuid is null or not is_blocked(viewer.uuid, actor.uuid)
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
join users actor on actor.handle = lower($3::text)
order by page.place desc

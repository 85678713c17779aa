-- What concerns the viewer, newest first.
-- $1 viewer_sub text, $2 viewer_auth_time bigint, $3 before uuid (null: from the newest), $4 limit integer
with viewer as materialized (
  select viewer_uuid($1::text, $2::bigint) as uuid
),
page as materialized (
  select latest.uuid, latest.actor_uuid, latest.kind, latest.activity_uuid, latest.read_at, latest.created_at
  from viewer
  cross join lateral (
    select notification.uuid, notification.actor_uuid, notification.kind, notification.activity_uuid,
      notification.read_at, notification.created_at
    from live_notifications(viewer.uuid) notification
    where ($3::uuid is null or notification.uuid < $3::uuid)
    order by notification.uuid desc
    limit $4::integer
  ) latest
)
select
  page.uuid,
  page.kind,
  page.created_at,
  page.read_at,
  case when actor.uuid is null then null else user_card(actor) end as actor,
  case when card.uuid is null then null else json_build_object(
    'uuid', card.uuid,
    'message', card.message,
    'created_at', iso(card.created_at),
    'expires_at', iso(card.expires_at),
    'reply_to_activity_uuid', card.reply_to_activity_uuid,
    'reply_to_handle', card.reply_to_handle,
    'likes_count', card.likes_count,
    'reposts_count', card.reposts_count,
    'replies_count', card.replies_count,
    'user', card."user",
    'viewer', card.viewer
  ) end as activity
from viewer
cross join page
left join users actor on actor.uuid = page.actor_uuid
left join activity_cards(viewer.uuid) card on card.uuid = page.activity_uuid
order by page.uuid desc

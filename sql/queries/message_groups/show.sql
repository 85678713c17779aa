-- One of the viewer's conversations: by its uuid, or by the handle of the other.
-- $1 viewer_sub text, $2 viewer_auth_time bigint, $3 message_group_uuid uuid (null: by handle), $4 handle text
with viewer as materialized (
  select viewer_uuid($1::text, $2::bigint) as uuid
)
select
  conversation.uuid,
  user_card(person) as "user",
  case when latest.uuid is null then null else json_build_object(
    'message', latest.message,
    'created_at', iso(latest.created_at),
    'user_uuid', latest.user_uuid
  ) end as last_message,
  (
    select count(*)::integer
    from live_messages(viewer.uuid) message
    where message.message_group_uuid = conversation.uuid
      and message.user_uuid <> viewer.uuid
      and (mine.last_read_uuid is null or message.uuid > mine.last_read_uuid)
  ) as unread_count
from viewer
join message_group_members mine on mine.user_uuid = viewer.uuid
join message_groups conversation on conversation.uuid = mine.message_group_uuid
join users person
  on person.uuid = case when conversation.low_user_uuid = viewer.uuid
    then conversation.high_user_uuid else conversation.low_user_uuid end
left join lateral (
  select message.uuid, message.message, message.created_at, message.user_uuid
  from live_messages(viewer.uuid) message
  where message.message_group_uuid = conversation.uuid
  order by message.uuid desc
  limit 1
) latest on true
where not is_blocked(viewer.uuid, person.uuid)
  and (conversation.uuid = $3::uuid or person.handle = lower($4::text))

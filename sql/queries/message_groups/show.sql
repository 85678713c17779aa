-- One of the viewer's conversations: by its uuid, or by the handle of the other. Of more than a hundred unread, a hundred are
-- counted.
-- $1 viewer_sub text, $2 viewer_auth_time bigint, $3 message_group_uuid uuid (null: by handle), $4 handle text
with viewer as materialized (
  select viewer_uuid($1::text, $2::bigint) as uuid
),
chosen as materialized (
  select $3::uuid as uuid
  union all
  select conversation.uuid
  from viewer
  join people() other on other.handle = lower($4::text)
  join message_groups conversation
    on conversation.low_user_uuid = least(viewer.uuid, other.uuid)
    and conversation.high_user_uuid = greatest(viewer.uuid, other.uuid)
)
select
  chosen.uuid,
  user_card(person) as "user",
  case when latest.uuid is null then null else json_build_object(
    'message', latest.message,
    'created_at', iso(latest.created_at),
    'user_uuid', latest.user_uuid
  ) end as last_message,
  (
    select count(*)::integer
    from (
      select
      from live_messages(viewer.uuid) message
      where message.message_group_uuid = chosen.uuid
        and message.user_uuid = person.uuid
        and (mine.last_read_uuid is null or message.uuid > mine.last_read_uuid)
      limit 100
    ) unread
  ) as unread_count
from viewer
cross join chosen
join message_group_members mine on mine.message_group_uuid = chosen.uuid and mine.user_uuid = viewer.uuid
join message_group_members other on other.message_group_uuid = chosen.uuid and other.user_uuid <> viewer.uuid
join users person on person.uuid = other.user_uuid
left join lateral (
  select message.uuid, message.message, message.created_at, message.user_uuid
  from live_messages(viewer.uuid) message
  where message.message_group_uuid = chosen.uuid
  order by message.uuid desc
  limit 1
) latest on true
where not is_hidden(viewer.uuid, person.uuid)

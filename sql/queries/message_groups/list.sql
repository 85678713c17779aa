-- The viewer's conversations that have a live message, the latest first. Of more than a hundred unread, a hundred are counted.
-- $1 viewer_sub text, $2 viewer_auth_time bigint, $3 before uuid (of the last message; null: from the latest), $4 limit integer
with viewer as materialized (
  select viewer_uuid($1::text, $2::bigint) as uuid
),
page as materialized (
  select talk.place, talk.message_group_uuid, talk.last_read_uuid
  from viewer
  cross join lateral (
    select mine.last_message_uuid as place, mine.message_group_uuid, mine.last_read_uuid
    from message_group_members mine
    where mine.user_uuid = viewer.uuid
      and ($3::uuid is null or mine.last_message_uuid < $3::uuid)
      and (
        select true from live_messages(viewer.uuid) message
        where message.message_group_uuid = mine.message_group_uuid
        limit 1
      )
      and (
        select not is_blocked(viewer.uuid, other.user_uuid)
        from message_group_members other
        where other.message_group_uuid = mine.message_group_uuid and other.user_uuid <> viewer.uuid
      )
    order by mine.last_message_uuid desc
    limit $4::integer
  ) talk
)
select
  page.message_group_uuid as uuid,
  user_card(person) as "user",
  json_build_object(
    'message', latest.message,
    'created_at', iso(latest.created_at),
    'user_uuid', latest.user_uuid
  ) as last_message,
  (
    select count(*)::integer
    from (
      select
      from live_messages(viewer.uuid) message
      where message.message_group_uuid = page.message_group_uuid
        and message.user_uuid = person.uuid
        and (page.last_read_uuid is null or message.uuid > page.last_read_uuid)
      limit 100
    ) unread
  ) as unread_count,
  page.place
from viewer
cross join page
join message_group_members other
  on other.message_group_uuid = page.message_group_uuid and other.user_uuid <> viewer.uuid
join users person on person.uuid = other.user_uuid
cross join lateral (
  select message.message, message.created_at, message.user_uuid
  from live_messages(viewer.uuid) message
  where message.message_group_uuid = page.message_group_uuid
  order by message.uuid desc
  limit 1
) latest
order by page.place desc

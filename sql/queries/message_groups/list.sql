-- The viewer's conversations that have a live message, the latest first. Of more than a hundred unread, a hundred are counted.
-- All messages live equally long: where the last one has ended, none is alive.
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
        select true from live_messages(viewer.uuid) message where message.uuid = mine.last_message_uuid
      )
      and (
        select not is_hidden(viewer.uuid, other.user_uuid)
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
        and message.uuid > coalesce(page.last_read_uuid, '00000000-0000-0000-0000-000000000000')
        and message.user_uuid <> viewer.uuid
      order by message.uuid desc
      limit 100
    ) unread
  ) as unread_count,
  page.place
from viewer
cross join page
join message_group_members other
  on other.message_group_uuid = page.message_group_uuid and other.user_uuid <> viewer.uuid
join users person on person.uuid = other.user_uuid
join live_messages(viewer.uuid) latest on latest.uuid = page.place
order by page.place desc

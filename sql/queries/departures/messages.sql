-- Deletes conversations of people who are leaving: their messages, those of the others too, and such as had none left.
-- $1 limit integer
with leaving as materialized (
  select departures.user_uuid
  from departures
  for no key update skip locked
),
conversation as materialized (
  (
    select talk.uuid
    from leaving
    cross join lateral (
      select message_groups.uuid
      from message_groups
      where message_groups.low_user_uuid = leaving.user_uuid
      limit $1::integer
    ) talk
    limit $1::integer
  )
  union
  (
    select talk.uuid
    from leaving
    cross join lateral (
      select message_groups.uuid
      from message_groups
      where message_groups.high_user_uuid = leaving.user_uuid
      limit $1::integer
    ) talk
    limit $1::integer
  )
),
said as materialized (
  select message.uuid
  from conversation
  cross join lateral (
    select messages.uuid
    from messages
    where messages.message_group_uuid = conversation.uuid
    limit $1::integer
  ) message
  limit $1::integer
),
unsaid as (
  delete from messages
  using said
  where messages.uuid = said.uuid
  returning messages.uuid
),
ended as (
  delete from message_groups
  using conversation
  where message_groups.uuid = conversation.uuid
    and not exists (select from messages where messages.message_group_uuid = conversation.uuid)
  returning message_groups.uuid
)
select ((select count(*) from unsaid) + (select count(*) from ended))::integer as count

-- 500 messages in the longest conversation of the ordinary user, fewer in all others.
insert into messages (uuid, message_group_uuid, user_uuid, message, created_at, expires_at)
select uuid, conversation, sender, text, uuid_extract_timestamp(uuid), uuid_extract_timestamp(uuid) + interval '30 days'
from (
  select
    uuidv7(interval '-30 days' * random()) as uuid,
    conversation.uuid as conversation,
    case when random() < 0.5 then low_user_uuid else high_user_uuid end as sender,
    1 + floor(20000 * random())::integer as phrase
  from message_groups conversation
  join person high on high.uuid = high_user_uuid
  join person low on low.uuid = low_user_uuid
  cross join generate_series(1, case when low.n = 3 and high.n = 4 then 500 else least(50, floor(2 / sqrt(1 - random()))::integer) end)
) sent
join phrase on phrase.n = sent.phrase
order by 1

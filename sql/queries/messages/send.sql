-- Sends a message to a person by handle, or into a conversation that the viewer takes part in. The pair's conversation is
-- found or made. Its uuid is kept for the batch's next statement (made.sql).
-- No row: nobody can be reached so (unknown, oneself, blocked, not a member), or this is a replay.
-- $1 viewer_sub text, $2 viewer_auth_time bigint, $3 handle text (null: by conversation),
-- $4 message_group_uuid uuid (null: by handle), $5 message text
with author as materialized (
  select viewer_uuid($1::text, $2::bigint) as uuid
  where coalesce(current_setting('cruddur.replay', true), '') = ''
),
pair as materialized (
  select author.uuid as author_uuid, other.uuid as other_uuid
  from author
  join people() other on other.handle = lower($3::text)
  where other.uuid <> author.uuid and not is_hidden(author.uuid, other.uuid)
  union all
  select author.uuid, other.user_uuid
  from author
  join message_group_members mine on mine.message_group_uuid = $4::uuid and mine.user_uuid = author.uuid
  join message_group_members other
    on other.message_group_uuid = mine.message_group_uuid and other.user_uuid <> author.uuid
  where not is_hidden(author.uuid, other.user_uuid)
),
conversation as (
  insert into message_groups (low_user_uuid, high_user_uuid)
  select least(pair.author_uuid, pair.other_uuid), greatest(pair.author_uuid, pair.other_uuid)
  from pair
  on conflict on constraint message_groups__pair do update set low_user_uuid = excluded.low_user_uuid
  returning message_groups.uuid
),
members as (
  insert into message_group_members (message_group_uuid, user_uuid)
  select conversation.uuid, person.uuid
  from conversation
  cross join pair
  cross join lateral (values (pair.author_uuid), (pair.other_uuid)) person (uuid)
  on conflict on constraint message_group_members__pair do nothing
),
sent as (
  insert into messages (message_group_uuid, user_uuid, message)
  select conversation.uuid, pair.author_uuid, $5::text
  from conversation, pair
  returning messages.uuid
)
select set_config('cruddur.message_uuid', sent.uuid::text, true)::uuid as uuid
from sent

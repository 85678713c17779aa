-- The notifications of the last day are unread.
insert into notifications (uuid, recipient_uuid, actor_uuid, kind, activity_uuid, created_at, read_at)
select uuidv7(at - now()), recipient, actor, kind, about, at, case when at < now() - interval '1 day' then at + interval '1 hour' end
from (
  select crud.author_uuid as recipient, user_uuid as actor, 'like' as kind, crud.uuid as about, uuid_extract_timestamp(likes.uuid) as at
  from likes join crud on crud.uuid = activity_uuid
  union all
  select crud.author_uuid, user_uuid, 'repost', crud.uuid, uuid_extract_timestamp(reposts.uuid)
  from reposts join crud on crud.uuid = activity_uuid
  union all
  select parent_author_uuid, author_uuid, 'reply', uuid, at from reply
  union all
  select user_uuid, author_uuid, 'mention', crud.uuid, at from mentions join crud on crud.uuid = activity_uuid
  union all
  select followed_uuid, follower_uuid, 'follow', null, created_at from follows where created_at > now() - interval '30 days'
) event
where recipient <> actor
order by at

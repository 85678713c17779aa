insert into activities (
  uuid, root_uuid, reply_to_activity_uuid, user_uuid, message, audience, created_at, expires_at, likes_count, reposts_count,
  stored_replies_count
)
select uuid, uuid, null, author_uuid, message, audience, at, ends_at, likes, reposts, replies from crud
union all
select uuid, parent_uuid, parent_uuid, author_uuid, message, audience, at, ends_at, 0, 0, 0 from reply
order by 1

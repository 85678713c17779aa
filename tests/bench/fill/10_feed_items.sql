insert into feed_items (uuid, actor_uuid, activity_uuid, kind)
select uuid, author_uuid, uuid, 'activity' from crud
union all
select uuid, user_uuid, activity_uuid, 'repost' from reposts
order by 1

insert into feed_items (uuid, actor_uuid, activity_uuid, kind)
select uuid, author_uuid, uuid, case when audience = 'everyone' then 'activity' else 'limited' end from crud
union all
select uuid, user_uuid, activity_uuid, 'repost' from reposts
order by 1

-- Who has liked a live crud, the latest first.
-- $1 viewer_sub text (null: signed out), $2 viewer_auth_time bigint, $3 activity_uuid uuid, $4 before uuid (null: from the latest), $5 limit integer
with viewer as materialized (
  select viewer_uuid($1::text, $2::bigint) as uuid
),
page as materialized (
  select reaction.place, reaction.user_uuid
  from viewer
  join live_activities(viewer.uuid) activity on activity.uuid = $3::uuid
  cross join lateral (
    select likes.uuid as place, likes.user_uuid
    from likes
    where likes.activity_uuid = activity.uuid
      and ($4::uuid is null or likes.uuid < $4::uuid)
      and not is_hidden(viewer.uuid, likes.user_uuid)
    order by likes.uuid desc
    limit $5::integer
  ) reaction
)
select
  person.uuid,
  person.handle,
  person.display_name,
  '/media/avatars/' || person.uuid || '/' || person.avatar_key as avatar_url,
  case
    when viewer.uuid is null then null
    else json_build_object('following', exists (
      select from follows where follows.follower_uuid = viewer.uuid and follows.followed_uuid = person.uuid
    ))
  end as viewer,
  page.place
from viewer
cross join page
join users person on person.uuid = page.user_uuid
order by page.place desc

-- Takes back one's own live crud with all that hangs on it, and says something else in its place: with the same end, and
-- answering what it answered. The new uuid is kept for the batch's next statement (made.sql). No row: the crud is not live,
-- or this is a replay. own = false: it is somebody else's, and stays. fits = false: the message is as long as only a reply
-- may be, and the crud, which is none, stays.
-- $1 viewer_sub text, $2 viewer_auth_time bigint, $3 activity_uuid uuid, $4 message text,
-- $5 only_reply boolean (as long as only a reply may be),
-- $6 tags text[] and $7 handles text[] that the message holds (worker/contract/segments.ts)
with author as materialized (
  select viewer_uuid($1::text, $2::bigint) as uuid
  where coalesce(current_setting('cruddur.replay', true), '') = ''
),
-- What it answers counts it, and is locked first: whoever puts that out comes the same way.
parent as materialized (
  select activities.uuid
  from activities
  where activities.uuid = (select answer.reply_to_activity_uuid from activities answer where answer.uuid = $3::uuid)
  for no key update of activities
),
target as materialized (
  select
    activities.uuid,
    activities.root_uuid,
    activities.reply_to_activity_uuid,
    activities.expires_at,
    activities.user_uuid = author.uuid as own,
    activities.reply_to_activity_uuid is not null or not $5::boolean as fits
  from author, activities
  where activities.uuid = $3::uuid
    and author.uuid is not null
    and (select count(*) from parent) >= 0
    and exists (select from live_activities(author.uuid) live where live.uuid = activities.uuid)
    and (
      activities.reply_to_activity_uuid is null
      or exists (
        select from live_activities(author.uuid) parent where parent.uuid = activities.reply_to_activity_uuid
      )
    )
  for no key update of activities
),
made as materialized (
  select uuidv7() as uuid
),
inserted as (
  insert into activities (uuid, root_uuid, reply_to_activity_uuid, user_uuid, message, expires_at)
  select
    made.uuid,
    case when target.reply_to_activity_uuid is null then made.uuid else target.root_uuid end,
    target.reply_to_activity_uuid,
    author.uuid,
    $4::text,
    target.expires_at
  from made, author, target
  where target.own and target.fits
  returning activities.uuid, activities.user_uuid, activities.reply_to_activity_uuid
),
item as (
  insert into feed_items (uuid, actor_uuid, activity_uuid, kind)
  select inserted.uuid, inserted.user_uuid, inserted.uuid, 'crud'
  from inserted
  where inserted.reply_to_activity_uuid is null
),
tagged as (
  insert into activity_tags (tag, activity_uuid)
  select unnest($6::text[]), inserted.uuid
  from inserted
),
named as (
  insert into mentions (activity_uuid, user_uuid)
  select inserted.uuid, users.uuid
  from inserted
  join users on users.handle = any($7::text[])
  where not is_hidden(inserted.user_uuid, users.uuid)
  returning mentions.activity_uuid, mentions.user_uuid
),
answered as (
  select parent.user_uuid
  from author
  cross join target
  join live_activities(author.uuid) parent on parent.uuid = target.reply_to_activity_uuid
),
told as (
  insert into notifications (recipient_uuid, actor_uuid, kind, activity_uuid)
  select answered.user_uuid, inserted.user_uuid, 'reply', inserted.uuid
  from inserted, answered
  where answered.user_uuid <> inserted.user_uuid
  union all
  select named.user_uuid, inserted.user_uuid, 'mention', inserted.uuid
  from inserted, named
  where named.user_uuid <> inserted.user_uuid
    and not exists (select from answered where answered.user_uuid = named.user_uuid)
),
deleted as (
  delete from activities
  using target
  where activities.uuid = target.uuid and target.own and target.fits
)
select target.own, target.fits, set_config('cruddur.activity_uuid', coalesce(inserted.uuid::text, ''), true) as kept
from target
left join inserted on true

-- Returns visible activities as JSON of the API (activity in worker/contract/activity.ts). Counts equal the lengths of the lists
-- that the viewer gets: replies without muted users, likes and reposts without hidden ones. Who may no longer see a thread still
-- sees their own replies in it, and only these are counted. Select one by its uuid, in a lateral with limit 1.
create or replace function activity_cards(viewer uuid)
returns table (uuid uuid, user_uuid uuid, expires_at timestamptz, audience text, activity json)
language sql stable
as $$
  select card.uuid, activity.user_uuid, activity.expires_at, card.audience, row_to_json(card)
  from visible_activities(activity_cards.viewer) activity
  join shown_users() author on author.uuid = activity.user_uuid
  -- `offset 0` keeps Postgres from computing these at each use. The lists of users are read once per statement.
  cross join lateral (
    select
      case when activity.reply_to_activity_uuid is null then activity.who_can_reply else (
        select root.who_can_reply from activities root where root.uuid = activity.root_uuid
      ) end as who_can_reply,
      -- An author sees their own reply even in a thread that they may no longer see.
      activity.audience = 'everyone'
        or activity.user_uuid <> activity_cards.viewer
        or activity.reply_to_activity_uuid is null
        or is_in_audience(activity_cards.viewer, activity.audience, activity.root_uuid) as is_open,
      array(select hidden.uuid from hidden_users(activity_cards.viewer) hidden) as hidden,
      array(select muted.uuid from muted_users(activity_cards.viewer) muted) as muted
    offset 0
  ) thread
  cross join lateral (
    select
      activity.likes_count > 0 and exists (
        select from likes where likes.activity_uuid = activity.uuid and likes.user_uuid = activity_cards.viewer
      ) as liked,
      activity.reposts_count > 0 and exists (
        select from reposts where reposts.activity_uuid = activity.uuid and reposts.user_uuid = activity_cards.viewer
      ) as reposted,
      thread.is_open and (
        thread.who_can_reply = 'everyone'
        or is_in_audience(activity_cards.viewer, thread.who_can_reply, activity.root_uuid)
      ) as can_reply
  ) flags
  cross join lateral (
    select
      activity.uuid,
      activity.message,
      activity.warning,
      activity.audience,
      thread.who_can_reply,
      activity.images,
      iso(activity.created_at) as created_at,
      iso(activity.expires_at) as expires_at,
      activity.reply_to_activity_uuid,
      case when activity.reply_to_activity_uuid is not null then (
        select parent_author.handle
        from visible_activities(activity_cards.viewer) parent
        join users parent_author on parent_author.uuid = parent.user_uuid
        where parent.uuid = activity.reply_to_activity_uuid
      ) end as reply_to_handle,
      case when activity.likes_count = 0 or cardinality(thread.hidden) = 0 then activity.likes_count
      else activity.likes_count - (
        select count(*)
        from likes
        where likes.activity_uuid = activity.uuid and likes.user_uuid = any (thread.hidden)
      ) end as likes_count,
      case when activity.reposts_count = 0 or cardinality(thread.hidden) = 0 then activity.reposts_count
      else activity.reposts_count - (
        select count(*)
        from reposts
        where reposts.activity_uuid = activity.uuid and reposts.user_uuid = any (thread.hidden)
      ) end as reposts_count,
      case when activity.stored_replies_count = 0 then 0 when not thread.is_open then (
        select count(*)
        from activities reply
        where reply.reply_to_activity_uuid = activity.uuid
          and reply.user_uuid = activity_cards.viewer
          and reply.expires_at > now()
      ) else activity.stored_replies_count - (
        select count(*)
        from activities reply
        where reply.reply_to_activity_uuid = activity.uuid and reply.expires_at <= now()
      ) - case when cardinality(thread.hidden) + cardinality(thread.muted) = 0 then 0 else (
        select count(*)
        from activities reply
        where reply.reply_to_activity_uuid = activity.uuid
          and reply.user_uuid = any (thread.hidden || thread.muted)
          and reply.expires_at > now()
      ) end end as replies_count,
      case when strpos(activity.message, '@') > 0 then array(
        select mentioned.handle
        from mentions
        join users mentioned on mentioned.uuid = mentions.user_uuid
        where mentions.activity_uuid = activity.uuid and mentions.user_uuid <> all (thread.hidden)
        order by mentioned.handle
      ) else '{}' end as mentions,
      row_to_json(author) as user,
      case when activity_cards.viewer is not null then row_to_json(flags) end as viewer
  ) card
$$;

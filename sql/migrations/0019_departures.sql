-- Accounts that are deleted. Whoever deletes theirs is hidden everywhere by one row of `departures`; what they have goes
-- after that, in batches (sql/queries/departures), and at last their row.

create table departures (
  user_uuid uuid not null,
  avatar_key text,
  constraint departures__user primary key (user_uuid)
);
comment on table departures is 'Whoever has deleted their account, until nothing of theirs is left. A few rows: every read looks here.';
comment on column departures.avatar_key is 'Names a picture in the bucket that is still to be removed.';

create table departed_subs (
  hash text not null,
  until timestamptz not null default 'infinity',
  constraint departed_subs__hash primary key (hash)
);
create index departed_subs__by_end on departed_subs (until);
comment on table departed_subs is 'Cognito accounts of deleted people, for which no person is made again.';
comment on column departed_subs.hash is 'SHA-256 of the sub, which is random: whoever does not know it cannot try all.';
comment on column departed_subs.until is 'infinity: Cognito may still have the account.';

create table reserved_handles (
  hash text not null,
  until timestamptz not null,
  constraint reserved_handles__hash primary key (hash)
);
create index reserved_handles__by_end on reserved_handles (until);
comment on table reserved_handles is 'Handles of deleted people, which nobody may take yet.';
comment on column reserved_handles.hash is 'HMAC-SHA-256 of the handle under SECRET_KEY.';

comment on column users.signed_out_at is 'Sessions whose auth_time is not later than this have ended; infinity: the account is deleted.';

create function sub_hash(sub text) returns text
language sql immutable parallel safe
return encode(sha256(convert_to(sub, 'UTF8')), 'hex');

-- Whether the account that this sub is of has been deleted.
create function has_departed(sub text) returns boolean
language sql stable parallel safe
return exists (select from departed_subs where departed_subs.hash = sub_hash(has_departed.sub));

-- As in 0001_users; whose account is deleted has no session any more, and is made no row.
create or replace function require_viewer(sub text, auth_time bigint) returns uuid
language plpgsql stable parallel safe
as $$
declare
  viewer uuid := viewer_uuid(sub, auth_time);
begin
  if viewer is not null then
    return viewer;
  end if;
  if exists (select from users where users.cognito_sub = sub) or has_departed(sub) then
    raise exception using errcode = 'CR401', message = 'the session has ended';
  end if;
  raise exception using errcode = 'CR404', message = 'nobody has this sub yet';
end
$$;

-- People, as they are looked up by handle or by what points to them: nobody who is leaving.
create function people() returns setof users
language sql stable parallel safe
as $$
  select users.*
  from users
  where users.uuid <> all (array(select departures.user_uuid from departures))
$$;

-- Whether the viewer (null: signed out) does not see the other: one of them has blocked the other, or the other is leaving.
create function is_hidden(viewer uuid, other uuid) returns boolean
language sql stable parallel safe
return exists (select from departures where departures.user_uuid = is_hidden.other)
  or exists (
    select from blocks
    where (blocks.blocker_uuid = is_hidden.viewer and blocks.blocked_uuid = is_hidden.other)
       or (blocks.blocker_uuid = is_hidden.other and blocks.blocked_uuid = is_hidden.viewer)
  );

-- All whom the viewer (null: signed out) does not see.
create or replace function hidden_people(viewer uuid) returns table (uuid uuid)
language sql stable parallel safe
as $$
  select blocks.blocked_uuid from blocks where blocks.blocker_uuid = hidden_people.viewer
  union
  select blocks.blocker_uuid from blocks where blocks.blocked_uuid = hidden_people.viewer
  union
  select departures.user_uuid from departures
$$;

-- As in 0005_blocks_and_mutes, without what is of people who are leaving. They are an array, so that no plan changes for them.
create or replace function live_activities(viewer uuid) returns setof activities
language sql stable parallel safe
as $$
  select activities.*
  from activities
  where activities.expires_at > now()
    and activities.user_uuid <> all (array(select departures.user_uuid from departures))
    and (
      live_activities.viewer is null
      or (
        coalesce((
          select false from blocks
          where blocks.blocker_uuid = live_activities.viewer and blocks.blocked_uuid = activities.user_uuid
        ), true)
        and coalesce((
          select false from blocks
          where blocks.blocker_uuid = activities.user_uuid and blocks.blocked_uuid = live_activities.viewer
        ), true)
      )
    )
$$;

-- As in 0014_live_views, without the likes, reposts and answers of people who are leaving.
create or replace function activity_cards(viewer uuid) returns table (
  uuid uuid,
  message text,
  created_at timestamptz,
  expires_at timestamptz,
  reply_to_activity_uuid uuid,
  reply_to_handle text,
  likes_count integer,
  reposts_count integer,
  replies_count integer,
  "user" json,
  viewer json
)
language sql stable parallel safe
as $$
  select
    activity.uuid,
    activity.message,
    activity.created_at,
    activity.expires_at,
    activity.reply_to_activity_uuid,
    (
      select answered.handle
      from live_activities(activity_cards.viewer) parent
      join users answered on answered.uuid = parent.user_uuid
      where parent.uuid = activity.reply_to_activity_uuid
    ),
    activity.likes_count - (
      select count(*)
      from departures
      join likes on likes.user_uuid = departures.user_uuid
      where likes.activity_uuid = activity.uuid
    )::integer,
    activity.reposts_count - (
      select count(*)
      from departures
      join reposts on reposts.user_uuid = departures.user_uuid
      where reposts.activity_uuid = activity.uuid
    )::integer,
    case when activity.replies_held = 0 then 0 else activity.replies_held
      - (
        select count(*)
        from activities ended
        where ended.reply_to_activity_uuid = activity.uuid and ended.expires_at <= now()
      )
      - (
        select count(*)
        from hidden_people(activity_cards.viewer) hidden
        join activities reply on reply.user_uuid = hidden.uuid
        where reply.reply_to_activity_uuid = activity.uuid and reply.expires_at > now()
      )
    end::integer,
    user_card(author),
    case
      when activity_cards.viewer is null then null
      else json_build_object(
        'liked', exists (
          select from likes where likes.activity_uuid = activity.uuid and likes.user_uuid = activity_cards.viewer
        ),
        'reposted', exists (
          select from reposts where reposts.activity_uuid = activity.uuid and reposts.user_uuid = activity_cards.viewer
        )
      )
    end
  from live_activities(activity_cards.viewer) activity
  join users author on author.uuid = activity.user_uuid
$$;

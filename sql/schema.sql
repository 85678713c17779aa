-- Generated from the migrations by `node sql/schema.ts`: what the database looks like after all of them.
-- For reading and for the diff of a change; it is never run.

create extension pg_trgm;

create table activities (
  uuid uuid default uuidv7() not null,
  user_uuid uuid not null,
  message text not null,
  reply_to_activity_uuid uuid,
  root_uuid uuid not null,
  expires_at timestamp with time zone not null,
  created_at timestamp with time zone default now() not null,
  likes_count integer default 0 not null,
  reposts_count integer default 0 not null,
  search tsvector generated always as (to_tsvector('simple'::regconfig, message)) stored not null,
  replies_held integer default 0 not null,
  constraint activities__uuid PRIMARY KEY (uuid),
  constraint activities__answers FOREIGN KEY (reply_to_activity_uuid) REFERENCES activities(uuid) ON DELETE CASCADE,
  constraint activities__author FOREIGN KEY (user_uuid) REFERENCES users(uuid) ON DELETE CASCADE,
  constraint activities__counts CHECK (((likes_count >= 0) AND (reposts_count >= 0))),
  constraint activities__lifetime CHECK (((expires_at > created_at) AND (expires_at <= (created_at + '30 days'::interval)))),
  constraint activities__message_length CHECK (((message <> ''::text) AND (octet_length(message) <= 10240))),
  constraint activities__replies_held CHECK ((replies_held >= 0)),
  constraint activities__root CHECK (((reply_to_activity_uuid IS NULL) = (root_uuid = uuid)))
);

create table activity_tags (
  tag text not null,
  activity_uuid uuid not null,
  constraint activity_tags__pair PRIMARY KEY (tag, activity_uuid),
  constraint activity_tags__activity FOREIGN KEY (activity_uuid) REFERENCES activities(uuid) ON DELETE CASCADE,
  constraint activity_tags__length CHECK (((tag <> ''::text) AND (octet_length(tag) <= 400)))
);

create table attempts (
  hash text not null,
  count integer not null,
  ends_at timestamp with time zone not null,
  constraint attempts__hash PRIMARY KEY (hash)
);

create table auth_attempts (
  hash text not null,
  count integer not null,
  ends_at timestamp with time zone not null,
  constraint auth_attempts__hash PRIMARY KEY (hash)
);

create table avatar_removals (
  avatar_key text not null,
  noted_at timestamp with time zone default now() not null,
  constraint avatar_removals__key PRIMARY KEY (avatar_key)
);

create table blocks (
  blocker_uuid uuid not null,
  blocked_uuid uuid not null,
  created_at timestamp with time zone default now() not null,
  constraint blocks__pair PRIMARY KEY (blocker_uuid, blocked_uuid),
  constraint blocks__blocked FOREIGN KEY (blocked_uuid) REFERENCES users(uuid) ON DELETE CASCADE,
  constraint blocks__blocker FOREIGN KEY (blocker_uuid) REFERENCES users(uuid) ON DELETE CASCADE,
  constraint blocks__not_self CHECK ((blocker_uuid <> blocked_uuid))
);

create table departed_subs (
  hash text not null,
  until timestamp with time zone default 'infinity'::timestamp with time zone not null,
  constraint departed_subs__hash PRIMARY KEY (hash)
);

create table departures (
  user_uuid uuid not null,
  avatar_key text,
  constraint departures__user PRIMARY KEY (user_uuid)
);

create table feed_items (
  uuid uuid default uuidv7() not null,
  actor_uuid uuid not null,
  activity_uuid uuid not null,
  kind text not null,
  constraint feed_items__uuid PRIMARY KEY (uuid) INCLUDE (actor_uuid),
  constraint feed_items__once UNIQUE (activity_uuid, actor_uuid, kind) INCLUDE (uuid),
  constraint feed_items__activity FOREIGN KEY (activity_uuid) REFERENCES activities(uuid) ON DELETE CASCADE,
  constraint feed_items__actor FOREIGN KEY (actor_uuid) REFERENCES users(uuid) ON DELETE CASCADE,
  constraint feed_items__kind CHECK ((kind = ANY (ARRAY['crud'::text, 'repost'::text])))
);

create table follows (
  follower_uuid uuid not null,
  followed_uuid uuid not null,
  created_at timestamp with time zone default now() not null,
  constraint follows__pair PRIMARY KEY (follower_uuid, followed_uuid),
  constraint follows__followed FOREIGN KEY (followed_uuid) REFERENCES users(uuid) ON DELETE CASCADE,
  constraint follows__follower FOREIGN KEY (follower_uuid) REFERENCES users(uuid) ON DELETE CASCADE,
  constraint follows__not_self CHECK ((follower_uuid <> followed_uuid))
);

create table idempotency_keys (
  hash text not null,
  body_mac text not null,
  claim uuid not null,
  activity_uuid uuid,
  message_uuid uuid,
  created_at timestamp with time zone default now() not null,
  constraint idempotency_keys__hash PRIMARY KEY (hash),
  constraint idempotency_keys__activity FOREIGN KEY (activity_uuid) REFERENCES activities(uuid) ON DELETE SET NULL,
  constraint idempotency_keys__message FOREIGN KEY (message_uuid) REFERENCES messages(uuid) ON DELETE SET NULL
);

create table likes (
  uuid uuid default uuidv7() not null,
  user_uuid uuid not null,
  activity_uuid uuid not null,
  constraint likes__pair PRIMARY KEY (activity_uuid, user_uuid),
  constraint likes__activity FOREIGN KEY (activity_uuid) REFERENCES activities(uuid) ON DELETE CASCADE,
  constraint likes__user FOREIGN KEY (user_uuid) REFERENCES users(uuid) ON DELETE CASCADE
);

create table mentions (
  activity_uuid uuid not null,
  user_uuid uuid not null,
  constraint mentions__pair PRIMARY KEY (activity_uuid, user_uuid),
  constraint mentions__activity FOREIGN KEY (activity_uuid) REFERENCES activities(uuid) ON DELETE CASCADE,
  constraint mentions__user FOREIGN KEY (user_uuid) REFERENCES users(uuid) ON DELETE CASCADE
);

create table message_group_members (
  message_group_uuid uuid not null,
  user_uuid uuid not null,
  last_read_uuid uuid,
  last_message_uuid uuid,
  last_received_uuid uuid,
  constraint message_group_members__pair PRIMARY KEY (user_uuid, message_group_uuid),
  constraint message_group_members__group FOREIGN KEY (message_group_uuid) REFERENCES message_groups(uuid) ON DELETE CASCADE,
  constraint message_group_members__user FOREIGN KEY (user_uuid) REFERENCES users(uuid) ON DELETE CASCADE
);

create table message_groups (
  uuid uuid default uuidv7() not null,
  low_user_uuid uuid not null,
  high_user_uuid uuid not null,
  constraint message_groups__uuid PRIMARY KEY (uuid),
  constraint message_groups__pair UNIQUE (low_user_uuid, high_user_uuid),
  constraint message_groups__high FOREIGN KEY (high_user_uuid) REFERENCES users(uuid) ON DELETE CASCADE,
  constraint message_groups__low FOREIGN KEY (low_user_uuid) REFERENCES users(uuid) ON DELETE CASCADE,
  constraint message_groups__not_self CHECK ((low_user_uuid < high_user_uuid))
);

create table messages (
  uuid uuid default uuidv7() not null,
  message_group_uuid uuid not null,
  user_uuid uuid not null,
  message text not null,
  created_at timestamp with time zone default now() not null,
  expires_at timestamp with time zone default (now() + '30 days'::interval) not null,
  constraint messages__uuid PRIMARY KEY (uuid),
  constraint messages__group FOREIGN KEY (message_group_uuid) REFERENCES message_groups(uuid) ON DELETE CASCADE,
  constraint messages__user FOREIGN KEY (user_uuid) REFERENCES users(uuid) ON DELETE CASCADE,
  constraint messages__message_length CHECK (((message <> ''::text) AND (octet_length(message) <= 10240)))
);

create table mutes (
  muter_uuid uuid not null,
  muted_uuid uuid not null,
  ends_at timestamp with time zone default 'infinity'::timestamp with time zone not null,
  constraint mutes__pair PRIMARY KEY (muter_uuid, muted_uuid),
  constraint mutes__muted FOREIGN KEY (muted_uuid) REFERENCES users(uuid) ON DELETE CASCADE,
  constraint mutes__muter FOREIGN KEY (muter_uuid) REFERENCES users(uuid) ON DELETE CASCADE,
  constraint mutes__not_self CHECK ((muter_uuid <> muted_uuid))
);

create table notifications (
  uuid uuid default uuidv7() not null,
  recipient_uuid uuid not null,
  actor_uuid uuid,
  kind text not null,
  activity_uuid uuid,
  read_at timestamp with time zone,
  created_at timestamp with time zone default now() not null,
  constraint notifications__uuid PRIMARY KEY (uuid),
  constraint notifications__once UNIQUE NULLS NOT DISTINCT (recipient_uuid, actor_uuid, kind, activity_uuid),
  constraint notifications__activity FOREIGN KEY (activity_uuid) REFERENCES activities(uuid) ON DELETE CASCADE,
  constraint notifications__actor FOREIGN KEY (actor_uuid) REFERENCES users(uuid) ON DELETE CASCADE,
  constraint notifications__recipient FOREIGN KEY (recipient_uuid) REFERENCES users(uuid) ON DELETE CASCADE,
  constraint notifications__about CHECK (((kind = ANY (ARRAY['follow'::text, 'security'::text])) = (activity_uuid IS NULL))),
  constraint notifications__anonymous CHECK (((kind = 'security'::text) = (actor_uuid IS NULL))),
  constraint notifications__kind CHECK ((kind = ANY (ARRAY['reply'::text, 'like'::text, 'repost'::text, 'follow'::text, 'mention'::text, 'security'::text]))),
  constraint notifications__not_self CHECK ((recipient_uuid <> actor_uuid))
);

create table password_resets_due (
  uuid uuid default uuidv7() not null,
  email_hash text not null,
  proved_sub text,
  created_at timestamp with time zone default now() not null,
  confirmed_at timestamp with time zone,
  reset_at timestamp with time zone,
  constraint password_resets_due__uuid PRIMARY KEY (uuid)
);

create table reposts (
  uuid uuid default uuidv7() not null,
  user_uuid uuid not null,
  activity_uuid uuid not null,
  constraint reposts__pair PRIMARY KEY (activity_uuid, user_uuid),
  constraint reposts__activity FOREIGN KEY (activity_uuid) REFERENCES activities(uuid) ON DELETE CASCADE,
  constraint reposts__user FOREIGN KEY (user_uuid) REFERENCES users(uuid) ON DELETE CASCADE
);

create table reserved_handles (
  hash text not null,
  until timestamp with time zone not null,
  constraint reserved_handles__hash PRIMARY KEY (hash)
);

create table sessions (
  uuid uuid default uuidv7() not null,
  hash text not null,
  user_uuid uuid,
  browser text not null,
  created_at timestamp with time zone default now() not null,
  last_seen_on date default ((now() AT TIME ZONE 'UTC'::text))::date not null,
  ended_at timestamp with time zone,
  revoked_at timestamp with time zone,
  sealed_refresh_token text,
  constraint sessions__uuid PRIMARY KEY (uuid),
  constraint sessions__hash UNIQUE (hash),
  constraint sessions__user FOREIGN KEY (user_uuid) REFERENCES users(uuid) ON DELETE CASCADE,
  constraint sessions__browser_length CHECK ((octet_length(browser) <= 100)),
  constraint sessions__sealed_after_end CHECK (((sealed_refresh_token IS NULL) OR (ended_at IS NOT NULL)))
);

create table trending_tags (
  tag text not null,
  score double precision not null,
  cruds_count integer default 0 not null,
  constraint trending_tags__tag PRIMARY KEY (tag)
);

create table users (
  uuid uuid default uuidv7() not null,
  cognito_sub text not null,
  handle text not null,
  display_name text not null,
  email text not null,
  bio text default ''::text not null,
  avatar_key text,
  signed_out_at timestamp with time zone,
  created_at timestamp with time zone default now() not null,
  default_ttl text default '7-days'::text not null,
  theme text default 'system'::text not null,
  followers_count integer default 0 not null,
  following_count integer default 0 not null,
  others_signed_out_at timestamp with time zone,
  constraint users__uuid PRIMARY KEY (uuid),
  constraint users__cognito_sub UNIQUE (cognito_sub),
  constraint users__handle UNIQUE (handle),
  constraint users__bio_length CHECK ((octet_length(bio) <= 2800)),
  constraint users__counts CHECK (((followers_count >= 0) AND (following_count >= 0))),
  constraint users__default_ttl CHECK ((default_ttl = ANY (ARRAY['1-hour'::text, '3-hours'::text, '12-hours'::text, '1-day'::text, '3-days'::text, '7-days'::text, '30-days'::text]))),
  constraint users__display_name_length CHECK (((display_name <> ''::text) AND (octet_length(display_name) <= 600))),
  constraint users__handle_form CHECK ((handle ~ '^[a-z0-9_]{1,30}$'::text)),
  constraint users__theme CHECK ((theme = ANY (ARRAY['system'::text, 'dark'::text, 'light'::text])))
);

CREATE INDEX activities__by_author_and_end ON public.activities USING btree (user_uuid, expires_at, uuid) INCLUDE (reply_to_activity_uuid);

CREATE INDEX activities__by_end ON public.activities USING btree (expires_at, uuid) INCLUDE (user_uuid);

CREATE INDEX activities__by_parent ON public.activities USING btree (reply_to_activity_uuid, uuid) WHERE (reply_to_activity_uuid IS NOT NULL);

CREATE INDEX activities__by_sliced_word ON public.activities USING gin (sliced_words(uuid, search)) WITH (fastupdate=off);

CREATE INDEX activities__ended_replies ON public.activities USING btree (reply_to_activity_uuid, expires_at) WHERE (reply_to_activity_uuid IS NOT NULL);

CREATE INDEX activities__replies_by_author ON public.activities USING btree (user_uuid, uuid DESC) WHERE (reply_to_activity_uuid IS NOT NULL);

CREATE INDEX activities__replies_of ON public.activities USING btree (reply_to_activity_uuid, user_uuid) WHERE (reply_to_activity_uuid IS NOT NULL);

CREATE INDEX activity_tags__by_activity ON public.activity_tags USING btree (activity_uuid);

CREATE INDEX attempts__by_end ON public.attempts USING btree (ends_at);

CREATE INDEX auth_attempts__by_end ON public.auth_attempts USING btree (ends_at);

CREATE INDEX blocks__by_blocked ON public.blocks USING btree (blocked_uuid, blocker_uuid);

CREATE INDEX departed_subs__by_end ON public.departed_subs USING btree (until);

CREATE INDEX feed_items__by_actor ON public.feed_items USING btree (actor_uuid, uuid DESC);

CREATE INDEX feed_items__cruds ON public.feed_items USING btree (uuid DESC) WHERE (kind = 'crud'::text);

CREATE INDEX follows__by_followed ON public.follows USING btree (followed_uuid, follower_uuid);

CREATE INDEX idempotency_keys__by_activity ON public.idempotency_keys USING btree (activity_uuid) WHERE (activity_uuid IS NOT NULL);

CREATE INDEX idempotency_keys__by_age ON public.idempotency_keys USING btree (created_at);

CREATE INDEX idempotency_keys__by_message ON public.idempotency_keys USING btree (message_uuid) WHERE (message_uuid IS NOT NULL);

CREATE INDEX likes__by_activity ON public.likes USING btree (activity_uuid, uuid DESC);

CREATE INDEX likes__by_user ON public.likes USING btree (user_uuid, uuid DESC);

CREATE INDEX mentions__by_user ON public.mentions USING btree (user_uuid, activity_uuid);

CREATE INDEX message_group_members__by_group ON public.message_group_members USING btree (message_group_uuid);

CREATE INDEX message_group_members__in_order ON public.message_group_members USING btree (user_uuid, last_message_uuid DESC);

CREATE INDEX message_group_members__unread ON public.message_group_members USING btree (user_uuid, last_received_uuid DESC) WHERE ((last_received_uuid IS NOT NULL) AND ((last_read_uuid IS NULL) OR (last_read_uuid < last_received_uuid)));

CREATE INDEX message_groups__by_high ON public.message_groups USING btree (high_user_uuid);

CREATE INDEX messages__by_end ON public.messages USING btree (expires_at);

CREATE INDEX messages__by_group ON public.messages USING btree (message_group_uuid, uuid DESC);

CREATE INDEX messages__by_user ON public.messages USING btree (user_uuid);

CREATE INDEX mutes__by_muted ON public.mutes USING btree (muted_uuid);

CREATE INDEX notifications__by_activity ON public.notifications USING btree (activity_uuid) WHERE (activity_uuid IS NOT NULL);

CREATE INDEX notifications__by_actor ON public.notifications USING btree (actor_uuid);

CREATE INDEX notifications__by_recipient ON public.notifications USING btree (recipient_uuid, uuid DESC);

CREATE INDEX notifications__unread ON public.notifications USING btree (recipient_uuid, uuid DESC) WHERE (read_at IS NULL);

CREATE INDEX notifications__without_activity_by_age ON public.notifications USING btree (created_at) WHERE (activity_uuid IS NULL);

CREATE INDEX password_resets_due__by_email ON public.password_resets_due USING btree (email_hash);

CREATE INDEX password_resets_due__by_reset ON public.password_resets_due USING btree (reset_at) WHERE (reset_at IS NOT NULL);

CREATE INDEX reposts__by_activity ON public.reposts USING btree (activity_uuid, uuid DESC);

CREATE INDEX reposts__by_user ON public.reposts USING btree (user_uuid, uuid DESC);

CREATE INDEX reserved_handles__by_end ON public.reserved_handles USING btree (until);

CREATE INDEX sessions__by_age ON public.sessions USING btree (created_at);

CREATE INDEX sessions__by_revocation ON public.sessions USING btree (revoked_at) WHERE (revoked_at IS NOT NULL);

CREATE INDEX sessions__by_user ON public.sessions USING btree (user_uuid, uuid DESC);

CREATE INDEX sessions__to_revoke ON public.sessions USING btree (ended_at) WHERE (sealed_refresh_token IS NOT NULL);

CREATE INDEX users__by_avatar_key ON public.users USING btree (avatar_key) WHERE (avatar_key IS NOT NULL);

CREATE INDEX users__by_email ON public.users USING btree (lower(email));

CREATE INDEX users__by_name ON public.users USING gin ((((handle || ' '::text) || lower(display_name))) gin_trgm_ops);

CREATE INDEX users__by_name_prefix ON public.users USING btree (lower(display_name) text_pattern_ops) INCLUDE (uuid);

CREATE INDEX users__by_prefix ON public.users USING btree (handle text_pattern_ops) INCLUDE (uuid);

CREATE OR REPLACE FUNCTION public.activity_cards(viewer uuid)
 RETURNS TABLE(uuid uuid, message text, created_at timestamp with time zone, expires_at timestamp with time zone, reply_to_activity_uuid uuid, reply_to_handle text, likes_count integer, reposts_count integer, replies_count integer, "user" json, viewer json)
 LANGUAGE sql
 STABLE PARALLEL SAFE
AS $function$
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
$function$;

CREATE OR REPLACE FUNCTION public.began_before_reset(email_hash text, auth_time bigint)
 RETURNS boolean
 LANGUAGE sql
 STABLE PARALLEL SAFE
RETURN (EXISTS (SELECT FROM password_resets_due due WHERE ((due.email_hash = began_before_reset.email_hash) AND (due.reset_at >= to_timestamp((began_before_reset.auth_time)::double precision)))));

CREATE OR REPLACE FUNCTION public.check_session(sub text, auth_time bigint, session_hash text, browser text, is_required boolean)
 RETURNS uuid
 LANGUAGE plpgsql
AS $function$
declare
  today constant date := (now() at time zone 'UTC')::date;
  known record;
  is_locked boolean := false;
  has_ended boolean;
begin
  loop
    select
      person.uuid as user_uuid,
      session.uuid as session_uuid,
      session.last_seen_on,
      session_has_ended(check_session.auth_time, person, session) as has_ended
    into known
    from (values (check_session.sub)) asked (sub)
    left join users person on person.cognito_sub = asked.sub
    left join sessions session on session.hash = check_session.session_hash;

    exit when is_locked or known.user_uuid is null or known.session_uuid is not null;
    -- Seen for the first time: whoever ends all other sessions now waits for its row, or is waited for here.
    perform lock_sessions(known.user_uuid);
    is_locked := true;
  end loop;

  if known.has_ended or (known.user_uuid is null and has_departed(check_session.sub)) then
    raise exception using errcode = 'CR401', message = 'the session has ended';
  end if;
  if known.user_uuid is null then
    if check_session.is_required then
      raise exception using errcode = 'CR404', message = 'nobody has this sub yet';
    end if;
    return null;
  end if;

  if known.session_uuid is null then
    insert into sessions as session (hash, user_uuid, browser, created_at)
    values (
      check_session.session_hash, known.user_uuid, check_session.browser, to_timestamp(check_session.auth_time)
    )
    -- It may be ended at this moment: with an update the row is read as it is now.
    on conflict on constraint sessions__hash do update set last_seen_on = excluded.last_seen_on
    returning session.ended_at is not null into has_ended;
    if has_ended then
      raise exception using errcode = 'CR401', message = 'the session has ended';
    end if;
  elsif known.last_seen_on < today then
    update sessions
    set last_seen_on = today
    where sessions.uuid = known.session_uuid and sessions.last_seen_on < today;
  end if;
  return known.user_uuid;
end
$function$;

CREATE OR REPLACE FUNCTION public.count_follows()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
declare
  pair follows := case tg_op when 'INSERT' then new else old end;
  change integer := case tg_op when 'INSERT' then 1 else -1 end;
  person uuid;
begin
  foreach person in array array[
    least(pair.follower_uuid, pair.followed_uuid),
    greatest(pair.follower_uuid, pair.followed_uuid)
  ] loop
    update users
    set followers_count = followers_count + case when person = pair.followed_uuid then change else 0 end,
        following_count = following_count + case when person = pair.follower_uuid then change else 0 end
    where uuid = person;
  end loop;
  return null;
end
$function$;

CREATE OR REPLACE FUNCTION public.count_likes()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if tg_op = 'INSERT' then
    update activities set likes_count = likes_count + 1 where uuid = new.activity_uuid;
  else
    update activities set likes_count = likes_count - 1 where uuid = old.activity_uuid;
  end if;
  return null;
end
$function$;

CREATE OR REPLACE FUNCTION public.count_replies()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  update activities
  set replies_held = activities.replies_held + case tg_op when 'INSERT' then answered.many else -answered.many end
  from (
    select written.reply_to_activity_uuid as uuid, count(*)::integer as many
    from written
    where written.reply_to_activity_uuid is not null
    group by written.reply_to_activity_uuid
  ) answered
  where activities.uuid = answered.uuid;
  return null;
end
$function$;

CREATE OR REPLACE FUNCTION public.count_reposts()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if tg_op = 'INSERT' then
    update activities set reposts_count = reposts_count + 1 where uuid = new.activity_uuid;
  else
    update activities set reposts_count = reposts_count - 1 where uuid = old.activity_uuid;
  end if;
  return null;
end
$function$;

CREATE OR REPLACE FUNCTION public.has_departed(sub text)
 RETURNS boolean
 LANGUAGE sql
 STABLE PARALLEL SAFE
RETURN (EXISTS (SELECT FROM departed_subs WHERE (departed_subs.hash = sub_hash(has_departed.sub))));

CREATE OR REPLACE FUNCTION public.hidden_people(viewer uuid)
 RETURNS TABLE(uuid uuid)
 LANGUAGE sql
 STABLE PARALLEL SAFE
AS $function$
  select blocks.blocked_uuid from blocks where blocks.blocker_uuid = hidden_people.viewer
  union
  select blocks.blocker_uuid from blocks where blocks.blocked_uuid = hidden_people.viewer
  union
  select departures.user_uuid from departures
$function$;

CREATE OR REPLACE FUNCTION public.is_blocked(viewer uuid, other uuid)
 RETURNS boolean
 LANGUAGE sql
 STABLE PARALLEL SAFE
RETURN (EXISTS (SELECT FROM blocks WHERE (((blocks.blocker_uuid = is_blocked.viewer) AND (blocks.blocked_uuid = is_blocked.other)) OR ((blocks.blocker_uuid = is_blocked.other) AND (blocks.blocked_uuid = is_blocked.viewer)))));

CREATE OR REPLACE FUNCTION public.is_hidden(viewer uuid, other uuid)
 RETURNS boolean
 LANGUAGE sql
 STABLE PARALLEL SAFE
RETURN ((EXISTS (SELECT FROM departures WHERE (departures.user_uuid = is_hidden.other))) OR (EXISTS (SELECT FROM blocks WHERE (((blocks.blocker_uuid = is_hidden.viewer) AND (blocks.blocked_uuid = is_hidden.other)) OR ((blocks.blocker_uuid = is_hidden.other) AND (blocks.blocked_uuid = is_hidden.viewer))))));

CREATE OR REPLACE FUNCTION public.is_muted(viewer uuid, other uuid)
 RETURNS boolean
 LANGUAGE sql
 STABLE PARALLEL SAFE
RETURN (EXISTS (SELECT FROM mutes WHERE ((mutes.muter_uuid = is_muted.viewer) AND (mutes.muted_uuid = is_muted.other) AND (mutes.ends_at > now()))));

CREATE OR REPLACE FUNCTION public.is_password_reset_due(email_hash text, sub text)
 RETURNS boolean
 LANGUAGE sql
 STABLE PARALLEL SAFE
RETURN ((EXISTS (SELECT FROM password_resets_due due WHERE ((due.email_hash = is_password_reset_due.email_hash) AND (due.reset_at IS NULL) AND (due.proved_sub IS DISTINCT FROM is_password_reset_due.sub) AND (NOT (EXISTS (SELECT FROM users WHERE ((users.cognito_sub = is_password_reset_due.sub) AND (users.created_at <= due.created_at)))))))) AND (NOT (EXISTS (SELECT FROM password_resets_due proof WHERE ((proof.email_hash = is_password_reset_due.email_hash) AND (proof.proved_sub = is_password_reset_due.sub) AND (proof.confirmed_at IS NOT NULL))))));

CREATE OR REPLACE FUNCTION public.iso(at timestamp with time zone)
 RETURNS text
 LANGUAGE sql
 STABLE PARALLEL SAFE
RETURN to_char((at AT TIME ZONE 'utc'::text), 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'::text);

CREATE OR REPLACE FUNCTION public.listed_activities(viewer uuid)
 RETURNS SETOF activities
 LANGUAGE sql
 STABLE PARALLEL SAFE
AS $function$
  select activity.*
  from live_activities(listed_activities.viewer) activity
  where listed_activities.viewer is null
    or coalesce((
      select false from mutes
      where mutes.muter_uuid = listed_activities.viewer
        and mutes.muted_uuid = activity.user_uuid
        and mutes.ends_at > now()
    ), true)
$function$;

CREATE OR REPLACE FUNCTION public.live_activities(viewer uuid)
 RETURNS SETOF activities
 LANGUAGE sql
 STABLE PARALLEL SAFE
AS $function$
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
$function$;

CREATE OR REPLACE FUNCTION public.live_messages(viewer uuid)
 RETURNS SETOF messages
 LANGUAGE sql
 STABLE PARALLEL SAFE
AS $function$
  select messages.*
  from messages
  join message_group_members member
    on member.message_group_uuid = messages.message_group_uuid and member.user_uuid = live_messages.viewer
  where messages.expires_at > now()
$function$;

CREATE OR REPLACE FUNCTION public.live_notifications(viewer uuid)
 RETURNS TABLE(uuid uuid, actor_uuid uuid, kind text, activity_uuid uuid, read_at timestamp with time zone, created_at timestamp with time zone, ends_at timestamp with time zone)
 LANGUAGE sql
 STABLE PARALLEL SAFE
AS $function$
  select
    notification.uuid,
    notification.actor_uuid,
    notification.kind,
    notification.activity_uuid,
    notification.read_at,
    notification.created_at,
    ending.at
  from notifications notification
  cross join lateral (
    select case
      when notification.activity_uuid is null then notification.created_at + interval '30 days'
      else (
        select activity.expires_at
        from live_activities(live_notifications.viewer) activity
        where activity.uuid = notification.activity_uuid
      )
    end as at
  ) ending
  where notification.recipient_uuid = live_notifications.viewer
    and ending.at > now()
    and coalesce((
      select false from hidden_people(live_notifications.viewer) hidden where hidden.uuid = notification.actor_uuid
    ), true)
    and coalesce((
      select false from mutes
      where mutes.muter_uuid = live_notifications.viewer
        and mutes.muted_uuid = notification.actor_uuid
        and mutes.ends_at > now()
    ), true)
$function$;

CREATE OR REPLACE FUNCTION public.lock_sessions(user_uuid uuid)
 RETURNS uuid
 LANGUAGE plpgsql
AS $function$
begin
  perform pg_advisory_xact_lock(hashtextextended('sessions ' || user_uuid, 0));
  return user_uuid;
end
$function$;

CREATE OR REPLACE FUNCTION public.note_message()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  update message_group_members
  set last_message_uuid = greatest(last_message_uuid, new.uuid),
      last_received_uuid = case when user_uuid = new.user_uuid then last_received_uuid
        else greatest(last_received_uuid, new.uuid) end
  where message_group_uuid = new.message_group_uuid;
  return null;
end
$function$;

CREATE OR REPLACE FUNCTION public.people()
 RETURNS SETOF users
 LANGUAGE sql
 STABLE PARALLEL SAFE
AS $function$
  select users.*
  from users
  where users.uuid <> all (array(select departures.user_uuid from departures))
$function$;

CREATE OR REPLACE FUNCTION public.people_by_name(term text, most integer)
 RETURNS TABLE(uuid uuid)
 LANGUAGE sql
 STABLE PARALLEL SAFE ROWS 60
 SET enable_seqscan TO 'off'
AS $function$
  with early as materialized (
    select newest.uuid
    from (
      select person.uuid, person.handle || ' ' || lower(person.display_name) as name
      from users person
      order by person.uuid desc
      limit 600
    ) newest
    where newest.name like '%' || replace(replace(replace(lower(people_by_name.term), '\', '\\'), '%', '\%'), '_', '\_') || '%'
    limit people_by_name.most
  )
  select early.uuid
  from early
  where (select count(*) from early) = people_by_name.most
  union all
  (
    select person.uuid
    from users person
    where (select count(*) from early) < people_by_name.most
      and person.handle || ' ' || lower(person.display_name)
        like '%' || replace(replace(replace(lower(people_by_name.term), '\', '\\'), '%', '\%'), '_', '\_') || '%'
    limit people_by_name.most
  )
$function$;

CREATE OR REPLACE FUNCTION public.require_viewer(sub text, auth_time bigint)
 RETURNS uuid
 LANGUAGE plpgsql
 STABLE PARALLEL SAFE
AS $function$
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
$function$;

CREATE OR REPLACE FUNCTION public.search_activities(viewer uuid, asked tsquery, before uuid, most integer)
 RETURNS TABLE(uuid uuid)
 LANGUAGE plpgsql
 STABLE PARALLEL SAFE ROWS 20
 SET plan_cache_mode TO 'force_generic_plan'
 SET max_parallel_workers_per_gather TO '0'
AS $function$
#variable_conflict use_column
declare
  newest constant integer := 1500;
  many constant integer := 300;
  oldest constant integer := two_hours_of(uuidv7(interval '-30 days')) / 6;
  place uuid := coalesce(before, 'ffffffff-ffff-ffff-ffff-ffffffffffff');
  walked integer := 0;
  wanted integer := most;
  said integer;
  slice text;
  crud record;
begin
  if numnode(asked) = 0 then return; end if;

  for crud in
    select new.uuid, new.says and (select true from listed_activities(viewer) live where live.uuid = new.uuid) as shows
    from (
      select activities.uuid, activities.search @@ asked as says
      from activities
      where activities.uuid < place
      order by activities.uuid desc
      limit newest
    ) new
  loop
    walked := walked + 1;
    place := crud.uuid;
    continue when crud.shows is not true;
    uuid := crud.uuid;
    return next;
    wanted := wanted - 1;
    if wanted = 0 then return; end if;
  end loop;
  if walked < newest then return; end if;

  for half_day in reverse two_hours_of(place) / 6 .. oldest loop
    select count(*) into said
    from (
      select
      from activities
      where sliced_words(activities.uuid, activities.search) @@ sliced_query(asked, 'd' || half_day)
      limit many
    ) hit;
    continue when said = 0;
    foreach slice in array
      case when said < many then array['d' || half_day]
      else array(select 'h' || two_hours from generate_series(half_day * 6 + 5, half_day * 6, -1) two_hours) end
    loop
      for crud in
        with hits as materialized (
          select activities.uuid
          from activities
          where sliced_words(activities.uuid, activities.search) @@ sliced_query(asked, slice)
            and activities.search @@ asked
        )
        select hits.uuid
        from hits
        where hits.uuid < place
          and (select true from listed_activities(viewer) live where live.uuid = hits.uuid)
        order by hits.uuid desc
        limit wanted
      loop
        uuid := crud.uuid;
        return next;
        wanted := wanted - 1;
      end loop;
      if wanted = 0 then return; end if;
    end loop;
  end loop;
end
$function$;

CREATE OR REPLACE FUNCTION public.session_has_ended(auth_time bigint, person users, session sessions)
 RETURNS boolean
 LANGUAGE sql
 STABLE PARALLEL SAFE
RETURN COALESCE(((to_timestamp((auth_time)::double precision) <= GREATEST((person).signed_out_at, (now() - '31 days'::interval))) OR ((session).ended_at IS NOT NULL) OR (((session).uuid IS NULL) AND (to_timestamp((auth_time)::double precision) <= (person).others_signed_out_at))), false);

CREATE OR REPLACE FUNCTION public.sliced_query(asked tsquery, slice text)
 RETURNS tsquery
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
RETURN (CASE WHEN (querytree(asked) = 'T'::text) THEN slice ELSE regexp_replace(regexp_replace(querytree(asked), '<(-|\d+)>'::text, '&'::text, 'g'::text), '''((?:[^'']|'''')*)'''::text, ((''''::text || slice) || ':\1'''::text), 'g'::text) END)::tsquery;

CREATE OR REPLACE FUNCTION public.sliced_words(at uuid, search tsvector)
 RETURNS tsvector
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE COST 10000
RETURN array_to_tsvector(ARRAY(SELECT (slice.name || word.word) FROM ((VALUES (('h'::text || two_hours_of(sliced_words.at))), (('d'::text || (two_hours_of(sliced_words.at) / 6)))) slice(name) CROSS JOIN (SELECT (':'::text || "left"(lexeme.lexeme, 100)) AS word FROM unnest(tsvector_to_array(sliced_words.search)) lexeme(lexeme) UNION ALL SELECT ''::text) word)));

CREATE OR REPLACE FUNCTION public.sub_hash(sub text)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
RETURN encode(sha256(convert_to(sub, 'UTF8'::name)), 'hex'::text);

CREATE OR REPLACE FUNCTION public.two_hours_of(at uuid)
 RETURNS integer
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
RETURN floor((EXTRACT(epoch FROM (uuid_extract_timestamp(at) AT TIME ZONE 'utc'::text)) / (7200)::numeric));

CREATE OR REPLACE FUNCTION public.user_card(person users)
 RETURNS json
 LANGUAGE sql
 STABLE PARALLEL SAFE
RETURN json_build_object('uuid', (person).uuid, 'handle', (person).handle, 'display_name', (person).display_name, 'avatar_url', ((('/media/avatars/'::text || (person).uuid) || '/'::text) || (person).avatar_key));

CREATE OR REPLACE FUNCTION public.viewer_uuid(sub text, auth_time bigint)
 RETURNS uuid
 LANGUAGE sql
 STABLE PARALLEL SAFE
RETURN (SELECT users.uuid FROM users WHERE ((users.cognito_sub = viewer_uuid.sub) AND ((users.signed_out_at IS NULL) OR (to_timestamp((viewer_uuid.auth_time)::double precision) > users.signed_out_at))));

CREATE TRIGGER activities__count_gone_replies AFTER DELETE ON activities REFERENCING OLD TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION count_replies();

CREATE TRIGGER activities__count_new_replies AFTER INSERT ON activities REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION count_replies();

CREATE TRIGGER follows__count AFTER INSERT OR DELETE ON follows FOR EACH ROW EXECUTE FUNCTION count_follows();

CREATE TRIGGER likes__count AFTER INSERT OR DELETE ON likes FOR EACH ROW EXECUTE FUNCTION count_likes();

CREATE TRIGGER messages__note AFTER INSERT ON messages FOR EACH ROW EXECUTE FUNCTION note_message();

CREATE TRIGGER reposts__count AFTER INSERT OR DELETE ON reposts FOR EACH ROW EXECUTE FUNCTION count_reposts();

comment on table activities is 'Cruds and replies; a reply ends no later than what it answers.';
comment on column activities.root_uuid is 'The crud that the thread began with; its own uuid when it answers nothing.';
comment on column activities.expires_at is 'From this instant on the crud is gone. Set by the database clock.';
comment on column activities.replies_held is 'Answers in this table, ended ones that are not swept among them; kept by trigger.';
comment on table activity_tags is 'One row a tag in a crud, in lower case and without #.';
comment on table attempts is 'Superseded by auth_attempts; versions before that table still count here.';
comment on column attempts.hash is 'SHA-256 of the quota''s name and of whom it counts for: an email, an address, a person.';
comment on column attempts.count is 'Tries since the window was opened by the first of them.';
comment on column attempts.ends_at is 'When the window ends and counting begins anew.';
comment on table auth_attempts is 'Tries of passwords and codes, mailed codes and sign-ups of late; a row is swept once its window has ended.';
comment on column auth_attempts.hash is 'SHA-256 of the quota''s name and of whom it counts for: an account, a network, a device.';
comment on column auth_attempts.count is 'Tries since the window was opened by the first of them.';
comment on column auth_attempts.ends_at is 'When the window ends and counting begins anew.';
comment on table avatar_removals is 'Pictures that a person had before: still in the bucket, until the cron has removed them.';
comment on table blocks is 'One row a block: neither of the two sees the other.';
comment on table departed_subs is 'Cognito accounts of deleted people, for which no person is made again.';
comment on column departed_subs.hash is 'SHA-256 of the sub, which is random: whoever does not know it cannot try all.';
comment on column departed_subs.until is 'infinity: Cognito may still have the account.';
comment on table departures is 'Whoever has deleted their account, until nothing of theirs is left. A few rows: every read looks here.';
comment on column departures.avatar_key is 'Names a picture in the bucket that is still to be removed.';
comment on table feed_items is 'One row a top-level crud and one a repost; its uuid is the place in a feed.';
comment on table follows is 'One row a follow.';
comment on table idempotency_keys is 'One row a key, for 24 hours.';
comment on column idempotency_keys.hash is 'SHA-256 of user, route and key.';
comment on column idempotency_keys.body_mac is 'HMAC-SHA-256 of the body under the raw key, which is not kept.';
comment on column idempotency_keys.claim is 'Made up by the request that came first: whoever finds its own claim is the first.';
comment on table likes is 'One row a like; its uuid is its place in lists.';
comment on table mentions is 'One row a person whom a crud names.';
comment on table message_group_members is 'Who takes part in a conversation, and how far they have read.';
comment on column message_group_members.last_read_uuid is 'Messages up to this uuid are read; it may be swept already.';
comment on column message_group_members.last_message_uuid is 'The newest message of the conversation; it may be swept already.';
comment on column message_group_members.last_received_uuid is 'The newest message of the other; it may be swept already.';
comment on table message_groups is 'Exactly one conversation for a pair of people, whoever began it.';
comment on table messages is 'Direct messages.';
comment on table mutes is 'One row a mute: the muter does not see the muted in lists, and the muted does not know.';
comment on column mutes.ends_at is 'infinity: until it is taken back.';
comment on table notifications is 'What concerns the recipient: what somebody did (never one''s own doing), or many failed tries to sign in.';
comment on column notifications.actor_uuid is 'Who did it; null for kind security.';
comment on column notifications.activity_uuid is 'The crud that it is about: for a reply or a mention the one that says it.';
comment on table password_resets_due is 'One row per attempt to confirm an address, written before Cognito is asked and deleted when it refuses the code.';
comment on column password_resets_due.email_hash is 'HMAC-SHA-256 of the email under SECRET_KEY.';
comment on column password_resets_due.proved_sub is 'The Cognito account that this browser, or the sign-up password, proved to be its own; null without proof.';
comment on column password_resets_due.confirmed_at is 'When Cognito confirmed the account for whoever had proved it.';
comment on column password_resets_due.reset_at is 'When the password was reset through the mailbox: sessions that began before are worth nothing.';
comment on table reposts is 'One row a repost; its uuid is its place in lists. Its place in feeds is in feed_items.';
comment on table reserved_handles is 'Handles of deleted people, which nobody may take yet.';
comment on column reserved_handles.hash is 'HMAC-SHA-256 of the handle under SECRET_KEY.';
comment on table sessions is 'Sign-ins; swept once no token of theirs can count any more.';
comment on column sessions.hash is 'SHA-256 of the token family: of the origin_jti claim, which all tokens of a sign-in share.';
comment on column sessions.user_uuid is 'null: it ended before its person had a row.';
comment on column sessions.browser is 'Kind of browser, such as "Firefox on Android".';
comment on column sessions.created_at is 'When the person signed in: the auth_time claim.';
comment on column sessions.last_seen_on is 'A date in UTC, so that a session is written once a day at most.';
comment on column sessions.revoked_at is 'When Cognito revoked its refresh token.';
comment on column sessions.sealed_refresh_token is 'Encrypted; kept only until Cognito has revoked it.';
comment on table trending_tags is 'What is talked about, written each minute; at read only tags that have a live crud show.';
comment on column trending_tags.score is 'Cruds of the live window by people, newer ones weighing more.';
comment on column trending_tags.cruds_count is 'Cruds with the tag when it was ranked.';
comment on table users is 'People. A handle is stored in lower case, so that it is unique without regard to case.';
comment on column users.cognito_sub is 'The sub claim of the person''s Cognito tokens.';
comment on column users.avatar_key is 'SHA-256 of the picture; null: one is drawn from the handle.';
comment on column users.signed_out_at is 'Sessions whose auth_time is not later than this have ended; infinity: the account is deleted.';
comment on column users.default_ttl is 'The lifetime that the chooser begins with.';
comment on column users.theme is 'system: as the reader''s device has it.';
comment on column users.followers_count is 'How many follow this person; kept by trigger.';
comment on column users.following_count is 'How many this person follows; kept by trigger.';
comment on column users.others_signed_out_at is 'When all sessions but one were ended: a session that has no row yet counts only if it began later.';

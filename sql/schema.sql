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
  stored_replies_count integer default 0 not null,
  search tsvector generated always as (to_tsvector('simple'::regconfig, message)) stored not null,
  folded_search tsvector,
  constraint activities__uuid PRIMARY KEY (uuid),
  constraint activities__author FOREIGN KEY (user_uuid) REFERENCES users(uuid) ON DELETE CASCADE,
  constraint activities__parent FOREIGN KEY (reply_to_activity_uuid) REFERENCES activities(uuid) ON DELETE CASCADE,
  constraint activities__counts CHECK (((likes_count >= 0) AND (reposts_count >= 0) AND (stored_replies_count >= 0))),
  constraint activities__message_length CHECK (((message <> ''::text) AND (octet_length(message) <= 10240))),
  constraint activities__root CHECK (((reply_to_activity_uuid IS NULL) = (root_uuid = uuid))),
  constraint activities__ttl CHECK (((expires_at > created_at) AND (expires_at <= (created_at + '30 days'::interval))))
);

create table activity_tags (
  tag text not null,
  activity_uuid uuid not null,
  constraint activity_tags__pair PRIMARY KEY (tag, activity_uuid),
  constraint activity_tags__activity FOREIGN KEY (activity_uuid) REFERENCES activities(uuid) ON DELETE CASCADE,
  constraint activity_tags__length CHECK (((tag <> ''::text) AND (octet_length(tag) <= 400)))
);

create table auth_attempts (
  hash text not null,
  count integer not null,
  ends_at timestamp with time zone not null,
  constraint auth_attempts__hash PRIMARY KEY (hash)
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

create table deleted_accounts (
  user_uuid uuid not null,
  avatar_key text,
  constraint deleted_accounts__user PRIMARY KEY (user_uuid)
);

create table deleted_subs (
  hash text not null,
  until timestamp with time zone default 'infinity'::timestamp with time zone not null,
  constraint deleted_subs__hash PRIMARY KEY (hash)
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
  constraint feed_items__kind CHECK ((kind = ANY (ARRAY['activity'::text, 'repost'::text])))
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
  activity_uuid uuid,
  message_uuid uuid,
  created_at timestamp with time zone default now() not null,
  constraint idempotency_keys__hash PRIMARY KEY (hash),
  constraint idempotency_keys__activity FOREIGN KEY (activity_uuid) REFERENCES activities(uuid) ON DELETE SET NULL,
  constraint idempotency_keys__message FOREIGN KEY (message_uuid) REFERENCES messages(uuid) ON DELETE SET NULL
);

create table image_removals (
  avatar_key text not null,
  created_at timestamp with time zone default now() not null,
  constraint image_removals__key PRIMARY KEY (avatar_key)
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

create table releases (
  functions_schema text not null,
  installed_at timestamp with time zone default now() not null,
  live_at timestamp with time zone,
  constraint releases_pkey PRIMARY KEY (functions_schema)
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
  default_ttl text default '7-days'::text not null,
  theme text default 'system'::text not null,
  followers_count integer default 0 not null,
  following_count integer default 0 not null,
  signed_out_at timestamp with time zone,
  others_signed_out_at timestamp with time zone,
  created_at timestamp with time zone default now() not null,
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

CREATE INDEX activities__by_author_and_expiry ON public.activities USING btree (user_uuid, expires_at, uuid) INCLUDE (reply_to_activity_uuid);

CREATE INDEX activities__by_expiry ON public.activities USING btree (expires_at, uuid) INCLUDE (user_uuid);

CREATE INDEX activities__by_folded_word ON public.activities USING gin (sliced_words(uuid, COALESCE(folded_search, search))) WITH (fastupdate=off);

CREATE INDEX activities__by_parent ON public.activities USING btree (reply_to_activity_uuid, uuid) WHERE (reply_to_activity_uuid IS NOT NULL);

CREATE INDEX activities__by_sliced_word ON public.activities USING gin (sliced_words(uuid, search)) WITH (fastupdate=off);

CREATE INDEX activities__expired_replies ON public.activities USING btree (reply_to_activity_uuid, expires_at) WHERE (reply_to_activity_uuid IS NOT NULL);

CREATE INDEX activities__replies_by_author ON public.activities USING btree (user_uuid, uuid DESC) WHERE (reply_to_activity_uuid IS NOT NULL);

CREATE INDEX activities__replies_of ON public.activities USING btree (reply_to_activity_uuid, user_uuid) WHERE (reply_to_activity_uuid IS NOT NULL);

CREATE INDEX activity_tags__by_activity ON public.activity_tags USING btree (activity_uuid);

CREATE INDEX auth_attempts__by_end ON public.auth_attempts USING btree (ends_at);

CREATE INDEX blocks__by_blocked ON public.blocks USING btree (blocked_uuid, blocker_uuid);

CREATE INDEX deleted_subs__by_end ON public.deleted_subs USING btree (until);

CREATE INDEX feed_items__activities ON public.feed_items USING btree (uuid DESC) WHERE (kind = 'activity'::text);

CREATE INDEX feed_items__by_actor ON public.feed_items USING btree (actor_uuid, uuid DESC);

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

CREATE INDEX messages__by_expiry ON public.messages USING btree (expires_at);

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

CREATE INDEX users__by_folded_name ON public.users USING gin (fold_text(((handle || ' '::text) || display_name)) gin_trgm_ops);

CREATE INDEX users__by_folded_name_prefix ON public.users USING btree (fold_text(display_name) text_pattern_ops) INCLUDE (uuid);

CREATE INDEX users__by_name ON public.users USING gin ((((handle || ' '::text) || lower(display_name))) gin_trgm_ops);

CREATE INDEX users__by_name_prefix ON public.users USING btree (lower(display_name) text_pattern_ops) INCLUDE (uuid);

CREATE INDEX users__by_prefix ON public.users USING btree (handle text_pattern_ops) INCLUDE (uuid);

CREATE OR REPLACE FUNCTION public.count_follows()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
declare
  pair follows := case tg_op when 'INSERT' then new else old end;
  change integer := case tg_op when 'INSERT' then 1 else -1 end;
  counted_uuid uuid;
begin
  foreach counted_uuid in array array[
    least(pair.follower_uuid, pair.followed_uuid),
    greatest(pair.follower_uuid, pair.followed_uuid)
  ] loop
    update users
    set followers_count = followers_count + case when counted_uuid = pair.followed_uuid then change else 0 end,
        following_count = following_count + case when counted_uuid = pair.follower_uuid then change else 0 end
    where uuid = counted_uuid;
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
  set stored_replies_count = activities.stored_replies_count
    + case tg_op when 'INSERT' then parent.replies else -parent.replies end
  from (
    select written.reply_to_activity_uuid as uuid, count(*)::integer as replies
    from written
    where written.reply_to_activity_uuid is not null
    group by written.reply_to_activity_uuid
  ) parent
  where activities.uuid = parent.uuid;
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

CREATE OR REPLACE FUNCTION public.fold_search()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  new.folded_search := to_tsvector('simple', fold_text(new.message));
  return new;
end
$function$;

CREATE OR REPLACE FUNCTION public.fold_text(written text)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN (octet_length(written) = char_length(written)) THEN lower(written) ELSE replace(replace(replace(translate(NORMALIZE(regexp_replace(lower(NORMALIZE(written, NFKD)), '[\u0300-\u036f]'::text, ''::text, 'g'::text), NFC), 'øłđħŧıð'::text, 'oldhtid'::text), 'ß'::text, 'ss'::text), 'æ'::text, 'ae'::text), 'œ'::text, 'oe'::text) END;

CREATE OR REPLACE FUNCTION public.hidden_users(viewer uuid)
 RETURNS TABLE(uuid uuid)
 LANGUAGE sql
 STABLE PARALLEL SAFE
AS $function$
  select blocks.blocked_uuid from blocks where blocks.blocker_uuid = hidden_users.viewer
  union all
  select blocks.blocker_uuid from blocks where blocks.blocked_uuid = hidden_users.viewer
  union all
  select deleted_accounts.user_uuid from deleted_accounts
$function$;

CREATE OR REPLACE FUNCTION public.listed_activities(viewer uuid)
 RETURNS SETOF activities
 LANGUAGE sql
 STABLE PARALLEL SAFE
AS $function$
  select activity.*
  from visible_activities(listed_activities.viewer) activity
  where activity.user_uuid <> all (array(select muted.uuid from muted_users(listed_activities.viewer) muted))
$function$;

CREATE OR REPLACE FUNCTION public.muted_users(viewer uuid)
 RETURNS TABLE(uuid uuid)
 LANGUAGE sql
 STABLE PARALLEL SAFE
AS $function$
  select mutes.muted_uuid from mutes where mutes.muter_uuid = muted_users.viewer and mutes.ends_at > now()
$function$;

CREATE OR REPLACE FUNCTION public.set_newest_message()
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

CREATE OR REPLACE FUNCTION public.sliced_words(at uuid, search tsvector)
 RETURNS tsvector
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE COST 10000
RETURN array_to_tsvector(ARRAY(SELECT (slice.name || word.word) FROM ((VALUES (('h'::text || two_hours_of(sliced_words.at))), (('d'::text || (two_hours_of(sliced_words.at) / 6)))) slice(name) CROSS JOIN (SELECT (':'::text || "left"(lexeme.lexeme, 100)) AS word FROM unnest(tsvector_to_array(sliced_words.search)) lexeme(lexeme) UNION ALL SELECT ''::text) word)));

CREATE OR REPLACE FUNCTION public.two_hours_of(at uuid)
 RETURNS integer
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
RETURN floor((EXTRACT(epoch FROM (uuid_extract_timestamp(at) AT TIME ZONE 'utc'::text)) / (7200)::numeric));

CREATE OR REPLACE FUNCTION public.visible_activities(viewer uuid)
 RETURNS SETOF activities
 LANGUAGE sql
 STABLE PARALLEL SAFE
AS $function$
  select activity.*
  from activities activity
  where activity.expires_at > now()
    and activity.user_uuid <> all (array(select hidden.uuid from hidden_users(visible_activities.viewer) hidden))
    and (
      activity.reply_to_activity_uuid is null
      or (
        (select parent.expires_at > now() from activities parent where parent.uuid = activity.reply_to_activity_uuid)
        and (select root.expires_at > now() from activities root where root.uuid = activity.root_uuid)
      )
    )
$function$;

CREATE TRIGGER activities__count_deleted_replies AFTER DELETE ON activities REFERENCING OLD TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION count_replies();

CREATE TRIGGER activities__count_new_replies AFTER INSERT ON activities REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION count_replies();

CREATE TRIGGER activities__fold_search BEFORE INSERT ON activities FOR EACH ROW WHEN (octet_length(new.message) <> char_length(new.message)) EXECUTE FUNCTION fold_search();

CREATE TRIGGER follows__count AFTER INSERT OR DELETE ON follows FOR EACH ROW EXECUTE FUNCTION count_follows();

CREATE TRIGGER likes__count AFTER INSERT OR DELETE ON likes FOR EACH ROW EXECUTE FUNCTION count_likes();

CREATE TRIGGER messages__newest AFTER INSERT ON messages FOR EACH ROW EXECUTE FUNCTION set_newest_message();

CREATE TRIGGER reposts__count AFTER INSERT OR DELETE ON reposts FOR EACH ROW EXECUTE FUNCTION count_reposts();

comment on table activities is 'Top-level activities and replies; a reply expires with its parent at the latest.';
comment on column activities.root_uuid is 'The top-level activity of the thread; its own uuid for a top-level one.';
comment on column activities.expires_at is 'Set by the database clock. Nothing shows an activity from this instant on.';
comment on column activities.likes_count is 'Moved by the trigger likes__count.';
comment on column activities.reposts_count is 'Moved by the trigger reposts__count.';
comment on column activities.stored_replies_count is 'Direct replies in this table, expired ones that are not swept yet included. Moved by triggers.';
comment on column activities.folded_search is 'The words of the folded message; null: they are those of search. Set by the trigger activities__fold_search.';
comment on table activity_tags is 'One row per tag in an activity, in lower case and without #.';
comment on table auth_attempts is 'Counters of passwords and codes tried, codes mailed and sign-ups; a row is swept once its window has ended.';
comment on column auth_attempts.hash is 'SHA-256 of the limit''s name and of whom it counts for: an account, a network, a device.';
comment on column auth_attempts.count is 'Attempts since the first of them opened the window.';
comment on column auth_attempts.ends_at is 'When the window ends and counting starts again.';
comment on table blocks is 'One row per block: neither of the two sees the other.';
comment on table deleted_accounts is 'Accounts whose rows are being deleted. Every read looks here, so it has to stay small.';
comment on column deleted_accounts.avatar_key is 'An avatar that is still to be removed from the bucket.';
comment on table deleted_subs is 'Cognito accounts of deleted users, for which no user is created again.';
comment on column deleted_subs.hash is 'SHA-256 of the sub, which is random and so cannot be guessed from the hash.';
comment on column deleted_subs.until is 'infinity: Cognito may still have the account.';
comment on table feed_items is 'One row per top-level activity and per repost; its uuid is its position in feeds.';
comment on table follows is 'One row per follow.';
comment on table idempotency_keys is 'What a client has sent already, so that sending it again creates nothing. One row per key, for 24 hours; no text and no answer.';
comment on column idempotency_keys.hash is 'SHA-256 of user, route and key.';
comment on column idempotency_keys.body_mac is 'HMAC-SHA-256 of the body under the raw key, which is not stored.';
comment on table image_removals is 'Avatars that no user has, until the cron has removed them from the bucket.';
comment on table likes is 'One row per like; its uuid is its position in lists.';
comment on table mentions is 'One row per user whom an activity mentions.';
comment on table message_group_members is 'Members of a conversation. The newest messages stand here, so that neither the list of conversations nor the unread count reads each one.';
comment on column message_group_members.last_read_uuid is 'Messages up to this uuid are read; it may be swept already.';
comment on column message_group_members.last_message_uuid is 'The newest message; it may be swept already. Set by the trigger messages__newest.';
comment on column message_group_members.last_received_uuid is 'The newest message of the other member; it may be swept already. Set by the trigger messages__newest.';
comment on table message_groups is 'One conversation per pair of users, whoever began it.';
comment on table messages is 'Direct messages.';
comment on table mutes is 'One row per mute: lists of the muter leave the muted user out, who is not told.';
comment on column mutes.ends_at is 'infinity: until the muter takes it back.';
comment on table notifications is 'What somebody else did that concerns the recipient, or failed attempts to sign in. Expires with its activity, else after 30 days.';
comment on column notifications.actor_uuid is 'Who did it; null for kind security.';
comment on column notifications.activity_uuid is 'The activity that it is about; for kind reply or mention the one that replies or mentions.';
comment on table password_resets_due is 'One row per attempt to confirm an email, written before Cognito is asked and deleted when it refuses the code. Nobody gets a session for the account until its password was reset, unless the sign-up was proved.';
comment on column password_resets_due.email_hash is 'HMAC-SHA-256 of the email under SECRET_KEY.';
comment on column password_resets_due.proved_sub is 'The Cognito account that this browser, or the sign-up password, proved to be its own; null without proof.';
comment on column password_resets_due.confirmed_at is 'When Cognito confirmed the account for whoever had proved it.';
comment on column password_resets_due.reset_at is 'When the password was reset through the mailbox: sessions that began before have ended.';
comment on table reposts is 'One row per repost; its uuid is its position in lists. Its position in feeds is in feed_items.';
comment on table reserved_handles is 'Handles of deleted accounts, which nobody may take for 90 days.';
comment on column reserved_handles.hash is 'HMAC-SHA-256 of the handle under SECRET_KEY.';
comment on table sessions is 'One row per sign-in, so that each can be ended at once; swept when none of its tokens can be valid any more.';
comment on column sessions.hash is 'SHA-256 of the origin_jti claim, which all tokens of a sign-in share.';
comment on column sessions.user_uuid is 'null: it ended before its user had a row.';
comment on column sessions.browser is 'Kind of browser, such as "Firefox on Android".';
comment on column sessions.created_at is 'When the user signed in: the auth_time claim.';
comment on column sessions.last_seen_on is 'A date in UTC, so that a session is written once a day at most.';
comment on column sessions.revoked_at is 'When Cognito revoked its refresh token.';
comment on column sessions.sealed_refresh_token is 'Encrypted; kept only until Cognito has revoked it.';
comment on table trending_tags is 'Ranked by the cron each minute. A read leaves out tags without a visible activity.';
comment on column trending_tags.score is 'Live activities by author, newer ones weighing more.';
comment on column trending_tags.cruds_count is 'Activities with the tag when it was ranked.';
comment on table users is 'Users. A handle is stored in lower case, so that it is unique without regard to case.';
comment on column users.cognito_sub is 'The sub claim of the user''s Cognito tokens.';
comment on column users.avatar_key is 'SHA-256 of the avatar; null: one is drawn from the handle.';
comment on column users.default_ttl is 'The TTL that a new activity starts with.';
comment on column users.theme is 'system: as the user''s device has it.';
comment on column users.followers_count is 'Moved by the trigger follows__count.';
comment on column users.following_count is 'Moved by the trigger follows__count.';
comment on column users.signed_out_at is 'Sessions whose auth_time is not later than this have ended; infinity: the account is being deleted.';
comment on column users.others_signed_out_at is 'When all sessions but one were ended: a session that has no row yet counts only if it began later.';

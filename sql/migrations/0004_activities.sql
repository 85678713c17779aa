-- Activities: top-level ones and replies, what feeds page over, and what is extracted from their texts. A read goes through
-- visible_activities (0008), so nothing outlives its TTL, whether or not it is swept.

create table activities (
  uuid uuid not null default uuidv7(),
  user_uuid uuid not null,
  message text not null,
  reply_to_activity_uuid uuid,
  root_uuid uuid not null,
  expires_at timestamptz not null,
  created_at timestamptz not null default now(),
  likes_count integer not null default 0,
  reposts_count integer not null default 0,
  stored_replies_count integer not null default 0,
  -- Texts come in every language, so words are taken as they are written.
  search tsvector not null generated always as (to_tsvector('simple', message)) stored,
  constraint activities__uuid primary key (uuid),
  constraint activities__author foreign key (user_uuid) references users (uuid) on delete cascade,
  constraint activities__parent foreign key (reply_to_activity_uuid) references activities (uuid) on delete cascade,
  constraint activities__message_length check (message <> '' and octet_length(message) <= 10240),
  constraint activities__ttl check (expires_at > created_at and expires_at <= created_at + interval '30 days'),
  constraint activities__root check ((reply_to_activity_uuid is null) = (root_uuid = uuid)),
  constraint activities__counts check (likes_count >= 0 and reposts_count >= 0 and stored_replies_count >= 0)
)
-- A like moves a counter: room on the page spares writing the change into every index.
with (fillfactor = 90);

comment on table activities is 'Top-level activities and replies; a reply expires with its parent at the latest.';
comment on column activities.root_uuid is 'The top-level activity of the thread; its own uuid for a top-level one.';
comment on column activities.expires_at is 'Set by the database clock. Nothing shows an activity from this instant on.';
comment on column activities.likes_count is 'Moved by the trigger likes__count.';
comment on column activities.reposts_count is 'Moved by the trigger reposts__count.';
comment on column activities.stored_replies_count is 'Direct replies in this table, expired ones that are not swept yet included. Moved by triggers.';

-- For Last light of followed users, and for how many activities of a user are live.
create index activities__by_author_and_expiry on activities (user_uuid, expires_at, uuid) include (reply_to_activity_uuid);
create index activities__replies_by_author on activities (user_uuid, uuid desc) where reply_to_activity_uuid is not null;
create index activities__by_parent on activities (reply_to_activity_uuid, uuid) where reply_to_activity_uuid is not null;
create index activities__by_expiry on activities (expires_at, uuid) include (user_uuid);
-- What a count of replies leaves out: expired ones, and those of users whom the viewer does not see.
create index activities__expired_replies on activities (reply_to_activity_uuid, expires_at)
where reply_to_activity_uuid is not null;
create index activities__replies_of on activities (reply_to_activity_uuid, user_uuid)
where reply_to_activity_uuid is not null;

-- Search in the order of time (decision 23). An index of words knows which activities have one, but not which are the newest. So
-- each word is stored with the two hours and with the half day in which it was written, and a search asks slice by slice.

-- The two hours, counted from 1970, in which a uuid of version 7 was made; six of them are a half day.
create function two_hours_of(at uuid) returns integer
language sql immutable parallel safe
return floor(extract(epoch from uuid_extract_timestamp(at) at time zone 'utc') / 7200);

-- The words of an activity, each in both of its slices, and both slices by themselves. The cost makes the planner ask the index.
create function sliced_words(at uuid, search tsvector) returns tsvector
language sql immutable parallel safe cost 10000
return array_to_tsvector(array(
  select slice.name || word.word
  from (values ('h' || two_hours_of(at)), ('d' || two_hours_of(at) / 6)) slice (name)
  cross join (
    select ':' || left(lexeme, 100) as word from unnest(tsvector_to_array(search)) lexeme
    union all
    select ''
  ) word
));

-- Without a pending list, which every search would have to read, and without statistics, which nothing uses.
create index activities__by_sliced_word on activities using gin (sliced_words(uuid, search)) with (fastupdate = off);
alter index activities__by_sliced_word alter column 1 set statistics 0;

-- Counts each parent once for all rows that one statement writes.
create function count_replies() returns trigger
language plpgsql
as $$
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
$$;

create trigger activities__count_new_replies after insert on activities
referencing new table as written
for each statement execute function count_replies();

create trigger activities__count_deleted_replies after delete on activities
referencing old table as written
for each statement execute function count_replies();

create table feed_items (
  uuid uuid not null default uuidv7(),
  actor_uuid uuid not null,
  activity_uuid uuid not null,
  kind text not null,
  constraint feed_items__uuid primary key (uuid) include (actor_uuid),
  constraint feed_items__actor foreign key (actor_uuid) references users (uuid) on delete cascade,
  constraint feed_items__activity foreign key (activity_uuid) references activities (uuid) on delete cascade,
  constraint feed_items__once unique (activity_uuid, actor_uuid, kind) include (uuid),
  constraint feed_items__kind check (kind in ('activity', 'repost'))
);

comment on table feed_items is 'One row per top-level activity and per repost; its uuid is its position in feeds.';

create index feed_items__by_actor on feed_items (actor_uuid, uuid desc);
create index feed_items__activities on feed_items (uuid desc) where kind = 'activity';

create table activity_tags (
  tag text not null,
  activity_uuid uuid not null,
  constraint activity_tags__pair primary key (tag, activity_uuid),
  constraint activity_tags__activity foreign key (activity_uuid) references activities (uuid) on delete cascade,
  constraint activity_tags__length check (tag <> '' and octet_length(tag) <= 400)
);

comment on table activity_tags is 'One row per tag in an activity, in lower case and without #.';

create index activity_tags__by_activity on activity_tags (activity_uuid);

create table mentions (
  activity_uuid uuid not null,
  user_uuid uuid not null,
  constraint mentions__pair primary key (activity_uuid, user_uuid),
  constraint mentions__activity foreign key (activity_uuid) references activities (uuid) on delete cascade,
  constraint mentions__user foreign key (user_uuid) references users (uuid) on delete cascade
);

comment on table mentions is 'One row per user whom an activity mentions.';

create index mentions__by_user on mentions (user_uuid, activity_uuid);

create table trending_tags (
  tag text not null,
  score double precision not null,
  cruds_count integer not null default 0,
  constraint trending_tags__tag primary key (tag)
);

comment on table trending_tags is 'Ranked by the cron each minute. A read leaves out tags without a visible activity.';
comment on column trending_tags.score is 'Live activities by author, newer ones weighing more.';
comment on column trending_tags.cruds_count is 'Activities with the tag when it was ranked.';

-- Most users and activities have few rows of a kind, some have very many. A generic plan is made before it is known whose rows are
-- asked for, and has to suit those with many: these columns pass for having a thousand rows per value.
alter table activities
  alter column user_uuid set (n_distinct = -0.001),
  alter column reply_to_activity_uuid set (n_distinct = -0.001);
alter table feed_items alter column actor_uuid set (n_distinct = -0.001);
alter table activity_tags alter column tag set (n_distinct = -0.001);

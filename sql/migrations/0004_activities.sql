-- Activities (top-level ones and replies), the items of feeds, and tags and mentions in the texts. Reads go through
-- visible_activities (0008), which hides expired activities before they are swept.

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
  -- 'simple': texts are in any language, so words are indexed without stemming.
  search tsvector not null generated always as (to_tsvector('simple', message)) stored,
  constraint activities__uuid primary key (uuid),
  constraint activities__author foreign key (user_uuid) references users (uuid) on delete cascade,
  constraint activities__parent foreign key (reply_to_activity_uuid) references activities (uuid) on delete cascade,
  constraint activities__message_length check (message <> '' and octet_length(message) <= 10240),
  constraint activities__ttl check (expires_at > created_at and expires_at <= created_at + interval '30 days'),
  constraint activities__root check ((reply_to_activity_uuid is null) = (root_uuid = uuid)),
  constraint activities__counts check (likes_count >= 0 and reposts_count >= 0 and stored_replies_count >= 0)
)
-- A like updates a count: free space on the page allows HOT updates, which do not write to the indexes.
with (fillfactor = 90);

comment on table activities is 'Top-level activities and replies; a reply expires with its parent at the latest.';
comment on column activities.root_uuid is 'The top-level activity of the thread; its own uuid for a top-level one.';
comment on column activities.expires_at is 'By the database''s clock. No read returns the activity from then on.';
comment on column activities.likes_count is 'Updated by the trigger likes__count.';
comment on column activities.reposts_count is 'Updated by the trigger reposts__count.';
comment on column activities.stored_replies_count is 'Direct replies in this table, including expired ones that are not swept yet. Updated by triggers.';

-- For Last light of followed users, and for the number of a user's live activities.
create index activities__by_author_and_expiry on activities (user_uuid, expires_at, uuid) include (reply_to_activity_uuid);
create index activities__replies_by_author on activities (user_uuid, uuid desc) where reply_to_activity_uuid is not null;
create index activities__by_parent on activities (reply_to_activity_uuid, uuid) where reply_to_activity_uuid is not null;
create index activities__by_expiry on activities (expires_at, uuid) include (user_uuid);
-- For the replies that a reply count excludes: expired ones, and those of users hidden from the viewer.
create index activities__expired_replies on activities (reply_to_activity_uuid, expires_at)
where reply_to_activity_uuid is not null;
create index activities__replies_of on activities (reply_to_activity_uuid, user_uuid)
where reply_to_activity_uuid is not null;

-- Search by time (decision 23). A GIN index finds the activities with a word, but not the newest first. So each word is indexed
-- with the two-hour slice and the half-day slice of its activity, and a search queries slice by slice.

-- Returns the number of the two-hour slice, counted from 1970, of a version 7 uuid; six slices are a half day.
create function two_hours_of(at uuid) returns integer
language sql immutable parallel safe
return floor(extract(epoch from uuid_extract_timestamp(at) at time zone 'utc') / 7200);

-- Returns the words of an activity prefixed by both slices, and the slices alone. The cost makes the planner use the index.
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

-- No pending list, since every search would read it, and no statistics, since nothing uses them.
create index activities__by_sliced_word on activities using gin (sliced_words(uuid, search)) with (fastupdate = off);
alter index activities__by_sliced_word alter column 1 set statistics 0;

-- Updates the reply count of each parent once per statement.
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
comment on column trending_tags.score is 'Number of authors, weighted by the time of their last use (rank_tags).';
comment on column trending_tags.cruds_count is 'Number of live activities with the tag at the last ranking.';

-- Most users and activities have few rows of a kind, some have very many. A generic plan must suit those with many, so these
-- settings tell the planner that each value has a thousand rows.
alter table activities
  alter column user_uuid set (n_distinct = -0.001),
  alter column reply_to_activity_uuid set (n_distinct = -0.001);
alter table feed_items alter column actor_uuid set (n_distinct = -0.001);
alter table activity_tags alter column tag set (n_distinct = -0.001);

-- What can be found in a crud: its tags and mentions, extracted as it is written, and its words.

create extension if not exists pg_trgm;

create table activity_tags (
  tag text not null,
  activity_uuid uuid not null,
  constraint activity_tags__pair primary key (tag, activity_uuid),
  constraint activity_tags__activity foreign key (activity_uuid) references activities (uuid) on delete cascade,
  constraint activity_tags__length check (tag <> '' and octet_length(tag) <= 400)
);

comment on table activity_tags is 'One row a tag in a crud, in lower case and without #.';

create index activity_tags__by_activity on activity_tags (activity_uuid);

create table mentions (
  activity_uuid uuid not null,
  user_uuid uuid not null,
  constraint mentions__pair primary key (activity_uuid, user_uuid),
  constraint mentions__activity foreign key (activity_uuid) references activities (uuid) on delete cascade,
  constraint mentions__user foreign key (user_uuid) references users (uuid) on delete cascade
);

comment on table mentions is 'One row a person whom a crud names.';

create index mentions__by_user on mentions (user_uuid, activity_uuid);

-- Every language is written here, so words are taken as they stand.
alter table activities
  add column search tsvector not null generated always as (to_tsvector('simple', message)) stored;

create index activities__by_word on activities using gin (search);
create index users__by_name on users using gin ((handle || ' ' || lower(display_name)) gin_trgm_ops);
create index users__by_prefix on users (handle text_pattern_ops);

create table trending_tags (
  tag text not null,
  score double precision not null,
  constraint trending_tags__tag primary key (tag)
);

comment on table trending_tags is 'What is talked about, written each minute; at read only tags that have a live crud show.';
comment on column trending_tags.score is 'Cruds of the live window by people, newer ones weighing more.';

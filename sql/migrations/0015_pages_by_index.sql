-- What lets each page be read in the order of an index, however many rows there are, and however many of them are one
-- person's. See decision 22.

-- Everybody's by their end: for the last light of those whom one follows, and for how many cruds a person has burning. It
-- stands for activities__by_author. Answers by age: for the tab that lists a person's.
create index activities__by_author_and_end on activities (user_uuid, expires_at, uuid) include (reply_to_activity_uuid);
create index activities__replies_by_author on activities (user_uuid, uuid desc) where reply_to_activity_uuid is not null;
drop index activities__by_author;

-- Whose something is stands in the index: one who follows many walks it past what others say.
drop index activities__by_end;
create index activities__by_end on activities (expires_at, uuid) include (user_uuid);
alter table feed_items
  drop constraint feed_items__uuid,
  add constraint feed_items__uuid primary key (uuid) include (actor_uuid),
  drop constraint feed_items__once,
  add constraint feed_items__once unique (activity_uuid, actor_uuid, kind) include (uuid);
drop index users__by_prefix;
create index users__by_prefix on users (handle text_pattern_ops) include (uuid);

-- People whose handle or name has a text, at most so many, in no order. What many are called is found among those who came
-- last; else the index of names is asked. Never the table from its beginning: what looks common to the planner may be rare.
create function people_by_name(term text, most integer) returns table (uuid uuid)
language sql stable parallel safe rows 60
set enable_seqscan = off
as $$
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
$$;

-- How many cruds have a tag, as of the last minute: what a reader is told of a tag that many use.
alter table trending_tags add column cruds_count integer not null default 0;
comment on column trending_tags.cruds_count is 'Cruds with the tag when it was ranked.';

-- Most people have few rows of a kind, and a few have very many. A plan is made before it is known whose rows are asked for:
-- it is to suit those who have many. These columns are to pass for having a thousand rows a value.
alter table activities
  alter column user_uuid set (n_distinct = -0.001),
  alter column reply_to_activity_uuid set (n_distinct = -0.001);
alter table feed_items alter column actor_uuid set (n_distinct = -0.001);
alter table likes
  alter column user_uuid set (n_distinct = -0.001),
  alter column activity_uuid set (n_distinct = -0.001);
alter table reposts
  alter column user_uuid set (n_distinct = -0.001),
  alter column activity_uuid set (n_distinct = -0.001);
alter table follows
  alter column follower_uuid set (n_distinct = -0.001),
  alter column followed_uuid set (n_distinct = -0.001);
alter table notifications alter column recipient_uuid set (n_distinct = -0.001);
alter table messages alter column message_group_uuid set (n_distinct = -0.001);
alter table activity_tags alter column tag set (n_distinct = -0.001);

-- A like moves a counter on the crud: room on its page spares that the change is written into every index.
alter table activities set (fillfactor = 90);

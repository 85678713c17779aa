-- What home, everyone and profile page over: one row for each top-level crud, and later for each repost.

create table feed_items (
  uuid uuid not null default uuidv7(),
  actor_uuid uuid not null,
  activity_uuid uuid not null,
  kind text not null,
  constraint feed_items__uuid primary key (uuid),
  constraint feed_items__actor foreign key (actor_uuid) references users (uuid) on delete cascade,
  constraint feed_items__activity foreign key (activity_uuid) references activities (uuid) on delete cascade,
  constraint feed_items__once unique (activity_uuid, actor_uuid, kind),
  constraint feed_items__kind check (kind in ('crud', 'repost'))
);

comment on table feed_items is 'One row a top-level crud and one a repost; its uuid is the place in a feed.';

create index feed_items__by_actor on feed_items (actor_uuid, uuid desc);
create index feed_items__cruds on feed_items (uuid desc) where kind = 'crud';

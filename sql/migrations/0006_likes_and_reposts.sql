-- Likes and reposts: one row a fact. Their counters on the crud move by the rows really written, whichever way those come
-- and go: an undo, a deleted account.

create table likes (
  uuid uuid not null default uuidv7(),
  user_uuid uuid not null,
  activity_uuid uuid not null,
  constraint likes__pair primary key (activity_uuid, user_uuid),
  constraint likes__user foreign key (user_uuid) references users (uuid) on delete cascade,
  constraint likes__activity foreign key (activity_uuid) references activities (uuid) on delete cascade
);

comment on table likes is 'One row a like; its uuid is its place in lists.';

create index likes__by_user on likes (user_uuid, uuid desc);
create index likes__by_activity on likes (activity_uuid, uuid desc);

create table reposts (
  uuid uuid not null default uuidv7(),
  user_uuid uuid not null,
  activity_uuid uuid not null,
  constraint reposts__pair primary key (activity_uuid, user_uuid),
  constraint reposts__user foreign key (user_uuid) references users (uuid) on delete cascade,
  constraint reposts__activity foreign key (activity_uuid) references activities (uuid) on delete cascade
);

comment on table reposts is 'One row a repost; its uuid is its place in lists. Its place in feeds is in feed_items.';

create index reposts__by_user on reposts (user_uuid, uuid desc);
create index reposts__by_activity on reposts (activity_uuid, uuid desc);

create function count_likes() returns trigger
language plpgsql
as $$
begin
  if tg_op = 'INSERT' then
    update activities set likes_count = likes_count + 1 where uuid = new.activity_uuid;
  else
    update activities set likes_count = likes_count - 1 where uuid = old.activity_uuid;
  end if;
  return null;
end
$$;

create trigger likes__count after insert or delete on likes
for each row execute function count_likes();

create function count_reposts() returns trigger
language plpgsql
as $$
begin
  if tg_op = 'INSERT' then
    update activities set reposts_count = reposts_count + 1 where uuid = new.activity_uuid;
  else
    update activities set reposts_count = reposts_count - 1 where uuid = old.activity_uuid;
  end if;
  return null;
end
$$;

create trigger reposts__count after insert or delete on reposts
for each row execute function count_reposts();

-- The contract's shape of a crud. Counts of replies are taken at read, since replies end on their own.
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
    activity.likes_count,
    activity.reposts_count,
    (
      select count(*)::integer
      from live_activities(activity_cards.viewer) reply
      where reply.reply_to_activity_uuid = activity.uuid
    ),
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

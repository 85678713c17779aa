-- Who may see an activity and who may reply, follow requests, circles. Functions of the release before know none of it: what they
-- write is for everyone, and triggers here hold the rules that they would miss. Checks are validated by the next file.

set local lock_timeout = '5s';

alter table activities
  add column audience text not null default 'everyone',
  add column who_can_reply text not null default 'everyone',
  add constraint activities__audience check (audience in ('everyone', 'followers', 'circle', 'mentioned')) not valid,
  add constraint activities__who_can_reply check (who_can_reply in ('everyone', 'followers', 'mentioned', 'nobody')) not valid;
comment on column activities.audience is 'Who may see it besides its author (is_in_audience). A reply has that of its root, by the trigger activities__audience_of_root.';
comment on column activities.who_can_reply is 'Who may reply in the thread besides its author. Of a reply it says nothing: that of the root counts.';

alter table users
  add column default_audience text not null default 'everyone',
  add column approves_followers boolean not null default false,
  add constraint users__default_audience check (default_audience in ('everyone', 'followers', 'circle', 'mentioned')) not valid;
comment on column users.default_audience is 'The audience that a new activity starts with.';
comment on column users.approves_followers is 'Whether a follow has to be accepted first (follow_requests).';

alter table feed_items
  drop constraint feed_items__kind,
  add constraint feed_items__kind check (kind in ('activity', 'limited', 'repost')) not valid;
comment on column feed_items.kind is 'activity: a top-level activity for everyone; limited: one for fewer, which feeds of everybody leave out; repost.';

alter table notifications
  drop constraint notifications__kind,
  drop constraint notifications__about,
  add constraint notifications__kind
    check (kind in ('reply', 'like', 'repost', 'follow', 'follow_request', 'mention', 'security')) not valid,
  add constraint notifications__about
    check ((kind in ('follow', 'follow_request', 'security')) = (activity_uuid is null)) not valid;

alter table follows add column approved_at timestamptz;
comment on column follows.approved_at is 'When the followed user accepted it; null: they did not have to.';

create table follow_requests (
  uuid uuid not null default uuidv7(),
  follower_uuid uuid not null,
  followed_uuid uuid not null,
  created_at timestamptz not null default now(),
  constraint follow_requests__uuid primary key (uuid),
  constraint follow_requests__pair unique (follower_uuid, followed_uuid),
  constraint follow_requests__follower foreign key (follower_uuid) references users (uuid) on delete cascade,
  constraint follow_requests__followed foreign key (followed_uuid) references users (uuid) on delete cascade,
  constraint follow_requests__not_self check (follower_uuid <> followed_uuid)
);

comment on table follow_requests is 'One row per follow that waits to be accepted; then it moves to follows. No counter counts it.';
comment on column follow_requests.uuid is 'Its position in lists.';

create index follow_requests__by_followed on follow_requests (followed_uuid, uuid desc);
create index follow_requests__by_follower on follow_requests (follower_uuid, uuid desc);

create table circle_members (
  owner_uuid uuid not null,
  member_uuid uuid not null,
  created_at timestamptz not null default now(),
  constraint circle_members__pair primary key (owner_uuid, member_uuid),
  constraint circle_members__owner foreign key (owner_uuid) references users (uuid) on delete cascade,
  constraint circle_members__member foreign key (member_uuid) references users (uuid) on delete cascade,
  constraint circle_members__not_self check (owner_uuid <> member_uuid)
);

comment on table circle_members is 'One row per user in somebody''s circle. Only the owner may learn who is in it.';

create index circle_members__by_member on circle_members (member_uuid);

-- Counts each user once for all follows that one statement writes: turning approval off inserts many for the same user. Locks
-- the lower uuid first, whoever follows whom, so that two users who follow each other at once wait for one another in turn.
create or replace function count_follows() returns trigger
language plpgsql
as $$
begin
  perform from users
  where users.uuid in (select written.follower_uuid from written union select written.followed_uuid from written)
  order by users.uuid
  for no key update;

  update users
  set followers_count = users.followers_count + case tg_op when 'INSERT' then change.followers else -change.followers end,
      following_count = users.following_count + case tg_op when 'INSERT' then change.following else -change.following end
  from (
    select counted.uuid, sum(counted.followers)::integer as followers, sum(counted.following)::integer as following
    from (
      select written.followed_uuid as uuid, 1 as followers, 0 as following from written
      union all
      select written.follower_uuid, 0, 1 from written
    ) counted
    group by counted.uuid
  ) change
  where users.uuid = change.uuid;
  return null;
end
$$;

drop trigger follows__count on follows;
create trigger follows__count_new after insert on follows
referencing new table as written
for each statement execute function count_follows();
create trigger follows__count_deleted after delete on follows
referencing old table as written
for each statement execute function count_follows();
comment on column users.followers_count is 'Updated by the triggers follows__count_new and follows__count_deleted.';
comment on column users.following_count is 'Updated by the triggers follows__count_new and follows__count_deleted.';

-- A follow of somebody who approves followers becomes a request, whichever release's function inserts it.
create function request_follow() returns trigger
language plpgsql
as $$
begin
  if not exists (select from users where users.uuid = new.followed_uuid and users.approves_followers)
    or exists (
      select from follows where follows.follower_uuid = new.follower_uuid and follows.followed_uuid = new.followed_uuid
    )
  then
    return new;
  end if;
  insert into follow_requests (follower_uuid, followed_uuid)
  values (new.follower_uuid, new.followed_uuid)
  on conflict on constraint follow_requests__pair do nothing;
  return null;
end
$$;
create trigger follows__approved before insert on follows
  for each row when (new.approved_at is null) execute function request_follow();

create function copy_audience_of_root() returns trigger
language plpgsql
as $$
begin
  select root.audience into strict new.audience from activities root where root.uuid = new.root_uuid;
  return new;
end
$$;
create trigger activities__audience_of_root before insert on activities
  for each row when (new.reply_to_activity_uuid is not null) execute function copy_audience_of_root();

-- Whether the viewer is among those whom the author of a thread named, by audience or by who_can_reply: the author always is, users
-- hidden from them only where everyone is. False when signed out, unless it is everyone. `author`: that of a root, where the caller
-- has found them visible; null: looked up. In plpgsql, so that it is not inlined: few activities ask, and the others need not
-- pay for the start of its parts.
create function is_in_audience(viewer uuid, audience text, root_uuid uuid, author uuid default null) returns boolean
language plpgsql stable parallel safe
as $$
declare
  is_named boolean;
begin
  if is_in_audience.audience = 'everyone' then
    return true;
  elsif is_in_audience.viewer is null then
    return false;
  elsif is_in_audience.author is null then
    author := (select root.user_uuid from activities root where root.uuid = is_in_audience.root_uuid);
    if exists (select from hidden_users(is_in_audience.viewer) hidden where hidden.uuid = is_in_audience.author) then
      return false;
    end if;
  end if;

  if is_in_audience.author = is_in_audience.viewer then
    return true;
  elsif is_in_audience.audience = 'followers' then
    is_named := exists (
      select from follows
      where follows.follower_uuid = is_in_audience.viewer and follows.followed_uuid = is_in_audience.author
    );
  elsif is_in_audience.audience = 'circle' then
    is_named := exists (
      select from circle_members
      where circle_members.owner_uuid = is_in_audience.author and circle_members.member_uuid = is_in_audience.viewer
    );
  elsif is_in_audience.audience = 'mentioned' then
    is_named := exists (
      select from mentions
      where mentions.activity_uuid = is_in_audience.root_uuid and mentions.user_uuid = is_in_audience.viewer
    );
  end if;
  return coalesce(is_named, false);
end
$$;

-- Activities that the viewer may see; null: that anybody may see. Besides what 0008 says of expiry and hidden users: those of whose
-- audience the viewer is, and all of their own.
create or replace function visible_activities(viewer uuid) returns setof activities
language sql stable parallel safe
as $$
  select activity.*
  from activities activity
  where activity.expires_at > now()
    and activity.user_uuid <> all (array(select hidden.uuid from hidden_users(visible_activities.viewer) hidden))
    and (
      activity.audience = 'everyone'
      or activity.user_uuid = visible_activities.viewer
      or is_in_audience(
        visible_activities.viewer,
        activity.audience,
        activity.root_uuid,
        case when activity.reply_to_activity_uuid is null then activity.user_uuid end
      )
    )
    and (
      activity.reply_to_activity_uuid is null
      or (
        (select parent.expires_at > now() from activities parent where parent.uuid = activity.reply_to_activity_uuid)
        and (select root.expires_at > now() from activities root where root.uuid = activity.root_uuid)
      )
    )
$$;

-- Of listed ones those that anybody may come upon: in a search, under a tag, in feeds of everybody, as a repost.
create function findable_activities(viewer uuid) returns setof activities
language sql stable parallel safe
as $$
  select activity.*
  from listed_activities(findable_activities.viewer) activity
  where activity.audience = 'everyone'
$$;

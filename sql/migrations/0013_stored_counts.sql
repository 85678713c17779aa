-- Counts that a page would otherwise take over tens of thousands of rows: who follows whom, and answers. As with likes, a
-- trigger moves them by the rows really written, whichever way those come and go.

alter table users
  add column followers_count integer not null default 0,
  add column following_count integer not null default 0,
  add constraint users__counts check (followers_count >= 0 and following_count >= 0);

-- The lower uuid first, whoever follows whom: two people who follow each other at once wait for one another in turn.
create function count_follows() returns trigger
language plpgsql
as $$
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
$$;

create trigger follows__count after insert or delete on follows
for each row execute function count_follows();

update users
set followers_count = (select count(*) from follows where follows.followed_uuid = users.uuid),
    following_count = (select count(*) from follows where follows.follower_uuid = users.uuid);

alter table activities
  add column replies_held integer not null default 0,
  add constraint activities__replies_held check (replies_held >= 0);

comment on column users.followers_count is 'How many follow this person; kept by trigger.';
comment on column users.following_count is 'How many this person follows; kept by trigger.';
comment on column activities.replies_held is 'Answers in this table, ended ones that are not swept among them; kept by trigger.';

-- Of all that one statement writes, each crud is counted for once.
create function count_replies() returns trigger
language plpgsql
as $$
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
$$;

create trigger activities__count_new_replies after insert on activities
referencing new table as written
for each statement execute function count_replies();

create trigger activities__count_gone_replies after delete on activities
referencing old table as written
for each statement execute function count_replies();

update activities
set replies_held = answered.many
from (
  select reply_to_activity_uuid as uuid, count(*) as many
  from activities
  where reply_to_activity_uuid is not null
  group by reply_to_activity_uuid
) answered
where activities.uuid = answered.uuid;

-- What replies_count leaves out of those: the ended ones, and those of people whom a block hides from the viewer.
create index activities__ended_replies on activities (reply_to_activity_uuid, expires_at)
where reply_to_activity_uuid is not null;
create index activities__replies_of on activities (reply_to_activity_uuid, user_uuid)
where reply_to_activity_uuid is not null;

-- Returns the users whose profile the viewer may open: neither deleted accounts nor users who have blocked the viewer, unless the
-- viewer has blocked them too and so needs the profile to unblock them.
create or replace function visible_users(viewer uuid) returns setof users
language sql stable
as $$
  select person.*
  from users person
  where person.uuid <> all (array(select deleted_accounts.user_uuid from deleted_accounts))
    and (
      not exists (
        select from blocks where blocks.blocker_uuid = person.uuid and blocks.blocked_uuid = visible_users.viewer
      )
      or exists (
        select from blocks where blocks.blocker_uuid = visible_users.viewer and blocks.blocked_uuid = person.uuid
      )
    )
$$;

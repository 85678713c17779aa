-- Users whose profile the viewer may open: not those who are deleting their account, nor those who have blocked the viewer,
-- unless the viewer blocks them too and so needs their profile to take that back.
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

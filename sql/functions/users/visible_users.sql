-- Returns the users whose profile the viewer may open: neither deleted nor suspended accounts, except one's own, nor users who have
-- blocked the viewer, unless the viewer has blocked them too and so needs the profile to unblock them.
create or replace function visible_users(viewer uuid) returns setof users
language sql stable
as $$
  select person.*
  from users person
  where person.uuid <> all (array(
      select hidden_accounts.user_uuid
      from hidden_accounts
      where hidden_accounts.until > now() and hidden_accounts.user_uuid is distinct from visible_users.viewer
    ))
    and (
      not exists (
        select from blocks where blocks.blocker_uuid = person.uuid and blocks.blocked_uuid = visible_users.viewer
      )
      or exists (
        select from blocks where blocks.blocker_uuid = visible_users.viewer and blocks.blocked_uuid = person.uuid
      )
    )
$$;

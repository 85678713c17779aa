-- The only visibility rule of activities. The functions of all releases share it, so it changes only by migration. Postgres
-- inlines these functions into the statements that call them, and evaluates each array once.

-- Users hidden from the viewer, and from whom the viewer is hidden: blocked in either direction, or deleted.
create function hidden_users(viewer uuid) returns table (uuid uuid)
language sql stable parallel safe
as $$
  select blocks.blocked_uuid from blocks where blocks.blocker_uuid = hidden_users.viewer
  union all
  select blocks.blocker_uuid from blocks where blocks.blocked_uuid = hidden_users.viewer
  union all
  select deleted_accounts.user_uuid from deleted_accounts
$$;

-- Users that the viewer has muted: omitted from lists, but not from the page of an activity or a profile.
create function muted_users(viewer uuid) returns table (uuid uuid)
language sql stable parallel safe
as $$
  select mutes.muted_uuid from mutes where mutes.muter_uuid = muted_users.viewer and mutes.ends_at > now()
$$;

-- Activities that the viewer may see; null: as a signed-out viewer. A reply expires with its parent and its
-- root, also while the rows of a large deleted thread are still being swept.
create function visible_activities(viewer uuid) returns setof activities
language sql stable parallel safe
as $$
  select activity.*
  from activities activity
  where activity.expires_at > now()
    and activity.user_uuid <> all (array(select hidden.uuid from hidden_users(visible_activities.viewer) hidden))
    and (
      activity.reply_to_activity_uuid is null
      or (
        (select parent.expires_at > now() from activities parent where parent.uuid = activity.reply_to_activity_uuid)
        and (select root.expires_at > now() from activities root where root.uuid = activity.root_uuid)
      )
    )
$$;

-- Visible activities for lists: without those of muted authors.
create function listed_activities(viewer uuid) returns setof activities
language sql stable parallel safe
as $$
  select activity.*
  from visible_activities(listed_activities.viewer) activity
  where activity.user_uuid <> all (array(select muted.uuid from muted_users(listed_activities.viewer) muted))
$$;

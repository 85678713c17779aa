-- Visible activities as 0012 has them, with one look-up less for a reply to a root: its parent is the root.

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
        and (
          activity.root_uuid = activity.reply_to_activity_uuid
          or (select root.expires_at > now() from activities root where root.uuid = activity.root_uuid)
        )
      )
    )
$$;

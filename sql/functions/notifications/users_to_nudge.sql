-- Returns the recipients of a notification who see it: not those who muted its actor (visible_notifications).
create or replace function users_to_nudge(recipients uuid[], actor uuid) returns uuid[]
language sql stable
as $$
  select array(
    select recipient
    from unnest(users_to_nudge.recipients) recipient
    where not exists (select from muted_users(recipient) muted where muted.uuid = users_to_nudge.actor)
  )
$$;

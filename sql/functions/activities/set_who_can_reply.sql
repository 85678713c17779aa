-- Sets who may reply from now on in the thread of the viewer's own top-level activity, and returns its card after the change.
-- Existing replies stay. CR410: the viewer may not see it. CR403: it is another user's. CR42T: it is a reply; the setting of its
-- root counts.
create or replace function set_who_can_reply(viewer_sub text, activity_uuid uuid, who_can_reply text)
returns table (activity json)
language plpgsql security definer
as $$
declare
  viewer constant uuid := find_viewer(set_who_can_reply.viewer_sub);
  changed activities;
begin
  changed := lock_visible_activity(viewer, set_who_can_reply.activity_uuid);
  if changed.user_uuid <> viewer then
    raise exception using errcode = 'CR403', message = 'the activity is another user''s';
  end if;
  if changed.reply_to_activity_uuid is not null then
    raise exception using errcode = 'CR42T', message = 'the activity is a reply';
  end if;

  update activities set who_can_reply = set_who_can_reply.who_can_reply where activities.uuid = changed.uuid;

  return query
  select cards.activity from activity_cards(viewer) cards where cards.uuid = changed.uuid;
end
$$;

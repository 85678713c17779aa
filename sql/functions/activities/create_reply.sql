-- Creates a reply and returns its card and whom to nudge. It expires `ttl_seconds` from now (null: with its parent), and with
-- its parent at the latest; a trigger gives it the audience of its root. CR410: the viewer may not see the parent. CR43R: the
-- viewer may not reply in this thread, or may see only their own replies in it. Tags, handles, images and keys: see
-- create_activity.
create or replace function create_reply(
  viewer_sub text,
  activity_uuid uuid,
  message text,
  ttl_seconds integer,
  warning text,
  tags text[],
  handles text[],
  image_uuids uuid[],
  alts text[],
  key_hash text,
  body_mac text
)
returns table (activity json, nudged json)
language plpgsql security definer
as $$
declare
  viewer constant uuid := find_viewer(create_reply.viewer_sub);
  reply_uuid uuid;
  parent activities;
  written activities;
  nudges json := '[]';
begin
  if create_reply.key_hash is not null then
    reply_uuid := claim_idempotency_key(create_reply.key_hash, create_reply.body_mac);
  end if;

  if reply_uuid is null then
    parent := lock_visible_activity(viewer, create_reply.activity_uuid);
    if not is_in_audience(viewer, parent.audience, parent.root_uuid)
      or not is_in_audience(
        viewer, (select root.who_can_reply from activities root where root.uuid = parent.root_uuid), parent.root_uuid
      )
    then
      raise exception using errcode = 'CR43R', message = 'the viewer may not reply';
    end if;
    perform spend_daily_limit(viewer, 'activity', 1);
    insert into activities (root_uuid, reply_to_activity_uuid, user_uuid, message, warning, expires_at, images)
    values (
      parent.root_uuid,
      parent.uuid,
      viewer,
      create_reply.message,
      create_reply.warning,
      least(parent.expires_at, now() + make_interval(secs => create_reply.ttl_seconds)),
      lock_unattached_images(viewer, create_reply.image_uuids, create_reply.alts)
    )
    returning * into written;
    reply_uuid := written.uuid;
    perform attach_images(written);
    perform note_posted(viewer);
    nudges := write_tags_and_mentions(written, parent.user_uuid, create_reply.tags, create_reply.handles);
    update idempotency_keys set activity_uuid = written.uuid where idempotency_keys.hash = create_reply.key_hash;
  end if;

  return query select cards.activity, nudges from activity_cards(viewer) cards where cards.uuid = reply_uuid;
end
$$;

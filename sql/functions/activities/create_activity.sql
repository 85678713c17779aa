-- Creates a top-level activity that expires `ttl_seconds` from now, with its feed item, and returns its card and whom to
-- nudge. `audience` null: the viewer's default; `who_can_reply` null: everyone. `tags` and `handles` are those in the message
-- (worker/contract/linkify.ts); `image_uuids` and `alts`: see lock_unattached_images. With the idempotency key of an earlier
-- request it returns the activity created then; no row if that has expired. CR42M: it is for mentioned users only, but `handles` is
-- empty. Errors of keys: claim_idempotency_key; of limits: spend_daily_limit.
create or replace function create_activity(
  viewer_sub text,
  message text,
  ttl_seconds integer,
  audience text,
  who_can_reply text,
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
  viewer constant uuid := find_viewer(create_activity.viewer_sub);
  activity_uuid uuid;
  images jsonb;
  written activities;
  nudges json := '[]';
begin
  if create_activity.key_hash is not null then
    activity_uuid := claim_idempotency_key(create_activity.key_hash, create_activity.body_mac);
  end if;

  if activity_uuid is null then
    perform spend_daily_limit(viewer, 'activity', 1);
    images := lock_unattached_images(viewer, create_activity.image_uuids, create_activity.alts);
    activity_uuid := uuidv7();
    insert into activities (
      uuid, root_uuid, user_uuid, message, warning, expires_at, audience, who_can_reply, images
    )
    select
      activity_uuid,
      activity_uuid,
      viewer,
      create_activity.message,
      create_activity.warning,
      now() + make_interval(secs => create_activity.ttl_seconds),
      coalesce(create_activity.audience, author.default_audience),
      coalesce(create_activity.who_can_reply, 'everyone'),
      images
    from users author
    where author.uuid = viewer
    returning * into written;
    if written.audience = 'mentioned' and cardinality(create_activity.handles) = 0 then
      raise exception using errcode = 'CR42M', message = 'nobody is mentioned';
    end if;
    perform attach_images(written);
    perform add_feed_item(written);
    perform note_posted(viewer);
    nudges := write_tags_and_mentions(written, null, create_activity.tags, create_activity.handles);
    update idempotency_keys set activity_uuid = written.uuid where idempotency_keys.hash = create_activity.key_hash;
  end if;

  return query select cards.activity, nudges from activity_cards(viewer) cards where cards.uuid = activity_uuid;
end
$$;

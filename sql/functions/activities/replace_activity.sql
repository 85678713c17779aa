-- Deletes the viewer's own activity with all its replies and creates another with the same expiry, audience, parent, images and
-- warning. `warning`: another one, '' for none; null: the same. One that a moderator added stays. Returns the new one's card, the
-- pages to purge (purge_targets), the images that were deleted with the replies, and whom to nudge. CR410: the viewer may not see
-- it, or no longer its parent. CR403: it is another user's. CR42L: the message is as long as a reply (`only_reply`), but the
-- activity is not one. Tags, handles and keys: see create_activity.
create or replace function replace_activity(
  viewer_sub text,
  activity_uuid uuid,
  message text,
  only_reply boolean,
  warning text,
  tags text[],
  handles text[],
  key_hash text,
  body_mac text
)
returns table (activity json, purge_targets json, image_uuids json, nudged json)
language plpgsql security definer
as $$
declare
  viewer constant uuid := find_viewer(replace_activity.viewer_sub);
  new_uuid uuid;
  replaced activities;
  parent_author uuid;
  written activities;
  previous_uuids uuid[];
  moderated_uuid uuid;
  targets json := '[]';
  deleted_images uuid[] := '{}';
  nudges json := '[]';
begin
  if replace_activity.key_hash is not null then
    new_uuid := claim_idempotency_key(replace_activity.key_hash, replace_activity.body_mac);
  end if;

  if new_uuid is null then
    replaced := lock_own_activity(viewer, replace_activity.activity_uuid);
    if replaced.reply_to_activity_uuid is null and replace_activity.only_reply then
      raise exception using errcode = 'CR42L', message = 'only a reply may be so long';
    end if;
    if replaced.reply_to_activity_uuid is not null then
      select parent.user_uuid into parent_author
      from visible_activities(viewer) parent
      where parent.uuid = replaced.reply_to_activity_uuid;
      if not found then
        raise exception using errcode = 'CR410', message = 'the parent is not visible';
      end if;
    end if;

    targets := purge_targets(replaced.uuid);
    new_uuid := uuidv7();
    -- The URLs of the last 50 versions redirect to the new one.
    previous_uuids := replaced.replaced_uuids || replaced.uuid;
    select decision.subject_uuid into moderated_uuid
    from statements decision
    where decision.user_uuid = viewer
      and decision.action = 'warn'
      and decision.undone_at is null
      and decision.subject_uuid = any (previous_uuids)
    limit 1;
    previous_uuids := previous_uuids[greatest(1, cardinality(previous_uuids) - 49):];
    -- The version that a moderator warned of stays among them, since later ones keep the warning by it.
    if moderated_uuid <> all (previous_uuids) then
      previous_uuids[1] := moderated_uuid;
    end if;
    insert into activities (
      uuid, root_uuid, reply_to_activity_uuid, user_uuid, message, warning, expires_at, audience, who_can_reply, images,
      replaced_uuids
    )
    values (
      new_uuid,
      case when replaced.reply_to_activity_uuid is null then new_uuid else replaced.root_uuid end,
      replaced.reply_to_activity_uuid,
      viewer,
      replace_activity.message,
      case when moderated_uuid is not null then replaced.warning
      else nullif(coalesce(replace_activity.warning, replaced.warning), '') end,
      replaced.expires_at,
      replaced.audience,
      replaced.who_can_reply,
      replaced.images,
      previous_uuids
    )
    returning * into written;
    perform attach_images(written);
    if written.reply_to_activity_uuid is null then
      perform add_feed_item(written);
    end if;
    nudges := write_tags_and_mentions(written, parent_author, replace_activity.tags, replace_activity.handles);
    deleted_images := end_activity(replaced);
    update idempotency_keys set activity_uuid = written.uuid where idempotency_keys.hash = replace_activity.key_hash;
  end if;

  return query
  select cards.activity, targets, to_json(deleted_images), nudges
  from activity_cards(viewer) cards
  where cards.uuid = new_uuid;
end
$$;

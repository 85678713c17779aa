-- Stores a report with its sealed copy, and returns it; the same report twice (`once_hash`) returns the first. A report of kind
-- `user` names its subject by `handle`; others by subject, author and expiry, which the caller has from a report token.
-- `viewer_sub` null: reported signed out. `also` (block, mute or null): what the viewer does with the author at once.
-- `sealed_images`: the uuids under which to store encrypted copies of the `images_count` images. The same report within 50 minutes
-- returns them again, in case storing failed; later it returns none, since the copies may have been removed. The counter
-- `quota_hash` (null: none) limits reports within `quota_seconds`. Over its limit nothing is stored, and the row has no uuid, but
-- the seconds until the next report is allowed.
-- CR414: the viewer may not see the user, or has no conversation with the author of the message. CR410: the subject expired more
-- than a day ago, or its author's account is deleted. CR45S: the subject is the viewer's own.
create or replace function create_report(
  viewer_sub text,
  kind text,
  handle text,
  subject_uuid uuid,
  author_uuid uuid,
  expires_at text,
  reason text,
  new_reference text,
  once_hash text,
  sealed_copy text,
  images_count integer,
  quota_hash text,
  quota_max integer,
  quota_seconds integer,
  also text
)
returns table (uuid uuid, reference text, seconds_left integer, sealed_images uuid[])
language plpgsql security definer
as $$
declare
  viewer constant uuid := find_viewer(create_report.viewer_sub);
  author users;
  stored reports;
  spent record;
begin
  sealed_images := '{}';
  if create_report.kind = 'user' then
    select person.* into author from visible_users(viewer) person where person.handle = lower(create_report.handle);
    if not found then
      raise exception using errcode = 'CR414', message = 'the viewer may not see this user';
    end if;
  else
    select person.* into author
    from users person
    where person.uuid = create_report.author_uuid
      and person.uuid <> all (array(select deleted_accounts.user_uuid from deleted_accounts));
    if not found or create_report.expires_at::timestamptz <= now() - interval '24 hours' then
      raise exception using errcode = 'CR410', message = 'it cannot be reported any more';
    end if;
  end if;
  if author.uuid = viewer then
    raise exception using errcode = 'CR45S', message = 'it is the viewer''s own';
  end if;
  if create_report.kind = 'message' and not exists (
    select from message_groups pair
    where pair.low_user_uuid = least(viewer, author.uuid)
      and pair.high_user_uuid = greatest(viewer, author.uuid)
      -- A message that has ended has no row, so its recipient is unknown.
      and coalesce(
        (
          select message.message_group_uuid = pair.uuid from messages message where message.uuid = create_report.subject_uuid
        ),
        true
      )
  ) then
    raise exception using errcode = 'CR414', message = 'the viewer has no such conversation with its author';
  end if;

  select report.* into stored from reports report where report.once_hash = create_report.once_hash;
  if not found then
    if create_report.quota_hash is not null then
      select attempts.count, attempts.seconds_left into spent
      from spend_auth_attempts(
        array[create_report.quota_hash],
        array[create_report.quota_max],
        array[create_report.quota_seconds],
        array[false],
        null,
        null
      ) attempts;
      if spent.count > create_report.quota_max then
        seconds_left := spent.seconds_left;
        return next;
        return;
      end if;
    end if;

    insert into reports as report (
      reference, once_hash, kind, subject_uuid, author_uuid, reporter_uuid, reason, sealed_copy, sealed_images
    )
    values (
      create_report.new_reference,
      create_report.once_hash,
      create_report.kind,
      coalesce(create_report.subject_uuid, author.uuid),
      author.uuid,
      viewer,
      create_report.reason,
      create_report.sealed_copy,
      (select array_agg(uuidv7()) from generate_series(1, create_report.images_count))
    )
    on conflict on constraint reports__once do nothing
    returning report.* into stored;
    if found then
      insert into moderation_log (action, report_uuid, kind, reason) values ('report', stored.uuid, stored.kind, stored.reason);
    else
      -- The same report was stored while this waited.
      select report.* into stored from reports report where report.once_hash = create_report.once_hash;
    end if;
  end if;

  if viewer is null then
    null;
  elsif create_report.also = 'block' then
    perform from block_user(create_report.viewer_sub, author.handle);
  elsif create_report.also = 'mute' then
    perform from mute_user(create_report.viewer_sub, author.handle, null);
  end if;

  uuid := stored.uuid;
  reference := stored.reference;
  if stored.sealed_copy is not null and stored.created_at > now() - interval '50 minutes' then
    sealed_images := coalesce(stored.sealed_images, '{}');
  end if;
  return next;
end
$$;

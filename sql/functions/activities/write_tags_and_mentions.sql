-- Stores a new activity's tags and mentions. Notifies the mentioned users and, of a reply, the author of the parent (only of the
-- reply, if it mentions them too). Authors are not notified of their own activities, and nobody of what they may not see; users
-- hidden from the author are not mentioned. Limits: spend_daily_limit. Only activities for everyone get tags, so tag pages and the
-- ranking need no check of the audience. Returns whom to nudge.
create or replace function write_tags_and_mentions(written activities, parent_author uuid, tags text[], handles text[])
returns json
language plpgsql
as $$
declare
  recipients uuid[];
begin
  insert into activity_tags (tag, activity_uuid)
  select tag, written.uuid from unnest(write_tags_and_mentions.tags) tag where written.audience = 'everyone';

  insert into mentions (activity_uuid, user_uuid)
  select written.uuid, mentioned.uuid
  from users mentioned
  where mentioned.handle = any (write_tags_and_mentions.handles)
    and mentioned.uuid <> all (array(select hidden.uuid from hidden_users(written.user_uuid) hidden));

  -- The first ten in the text, against spam.
  with notification as (
    insert into notifications (recipient_uuid, actor_uuid, kind, activity_uuid)
    select mentions.user_uuid, written.user_uuid, 'mention', written.uuid
    from mentions
    join users mentioned on mentioned.uuid = mentions.user_uuid
    where mentions.activity_uuid = written.uuid
      and mentioned.handle = any (write_tags_and_mentions.handles[:10])
      and mentions.user_uuid <> written.user_uuid
      and mentions.user_uuid is distinct from write_tags_and_mentions.parent_author
      and is_in_audience(mentions.user_uuid, written.audience, written.root_uuid)
    returning recipient_uuid
  )
  select coalesce(array_agg(notification.recipient_uuid), '{}') into recipients from notification;
  perform spend_daily_limit(written.user_uuid, 'mention', cardinality(recipients));

  insert into notifications (recipient_uuid, actor_uuid, kind, activity_uuid)
  select write_tags_and_mentions.parent_author, written.user_uuid, 'reply', written.uuid
  where write_tags_and_mentions.parent_author <> written.user_uuid
    and is_in_audience(write_tags_and_mentions.parent_author, written.audience, written.root_uuid);
  if found then
    recipients := recipients || write_tags_and_mentions.parent_author;
  end if;
  return nudges_to(recipients, written.user_uuid);
end
$$;

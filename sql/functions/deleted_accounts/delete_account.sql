-- Deletes the viewer's account: ends its sessions, keeps its Cognito account from getting a user again, reserves its handle for 90
-- days, and hides its data until the cron has deleted it. Returns the activities whose pages to purge: the twenty that expire last.
-- CR401: the account is deleted already.
create or replace function delete_account(viewer_sub text, handle_hash text)
returns table (uuid uuid, handle text, is_deleted boolean, tags text[], images_count integer)
language plpgsql security definer
as $$
declare
  deleted users;
begin
  select member.* into deleted from users member where member.cognito_sub = delete_account.viewer_sub for no key update;
  if deleted.signed_out_at = 'infinity' or deleted.uuid is null then
    raise exception using errcode = 'CR401', message = 'the account is deleted';
  end if;

  return query
  select
    shown.uuid,
    deleted.handle,
    true,
    array(select activity_tags.tag from activity_tags where activity_tags.activity_uuid = shown.uuid),
    coalesce(jsonb_array_length(shown.images), 0)
  from (
    select activity.uuid, activity.images
    from visible_activities(null) activity
    where activity.user_uuid = deleted.uuid
    order by activity.expires_at desc
    limit 20
  ) shown;

  update users member set signed_out_at = 'infinity', avatar_key = null where member.uuid = deleted.uuid;
  insert into deleted_accounts (user_uuid, avatar_key) values (deleted.uuid, deleted.avatar_key);
  insert into deleted_subs (hash) values (sub_hash(delete_account.viewer_sub))
  on conflict on constraint deleted_subs__hash do nothing;
  insert into reserved_handles (hash, until) values (delete_account.handle_hash, now() + interval '90 days')
  on conflict on constraint reserved_handles__hash do update set until = excluded.until;
end
$$;
